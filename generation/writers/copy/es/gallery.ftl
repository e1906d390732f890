### La página de fotos, y su sección en la página de inicio.

gallery-title =
    .city = Fotos | { $short }, { $city }
    .of = Fotos { $of } | { $place }
    .gallery = Galería | { $short }, { $city }
    .at = { $short } en imágenes | { $place }
    .seen = Imágenes { $of }, { $city }
gallery-description =
    .of = Fotos { $of } en { $place }.
    .look = Vea { $the } en { $place }, en fotos.
    .pictures = { $short } en imágenes: { $services }.
    .see = Conozca { $the }, en { $place }, antes de ponerse en contacto.
    .album = La página de fotos { $of }, en { $place }.
gallery-heading =
    .photos = Fotos
    .look = Eche un vistazo
    .pictures = En imágenes
    .short = { $short } en imágenes
    .see = Véalo usted mismo
gallery-page-heading =
    .photos = Fotos { $of }
    .pictures = { $short } en imágenes
    .look = Una mirada de cerca: { $short }
    .city = Fotos: { $short }, { $city }
    .see = Conozca { $the } en fotos
