### A página de fotos, e sua seção na página inicial.

gallery-title =
    .city = Fotos | { $short }, { $city }
    .of = Fotos { $of } | { $place }
    .gallery = Galeria | { $short }, { $city }
    .at = { $short } em imagens | { $place }
    .seen = Imagens { $of }, { $city }
gallery-description =
    .of = Fotos { $of } em { $place }.
    .look = Veja { $the } em { $place }, em fotos.
    .pictures = { $short } em imagens: { $services }.
    .see = Conheça { $the }, em { $place }, antes de entrar em contato.
    .album = A página de fotos { $of }, em { $place }.
gallery-heading =
    .photos = Fotos
    .look = Dê uma olhada
    .pictures = Em imagens
    .short = { $short } em imagens
    .see = Veja com os próprios olhos
gallery-page-heading =
    .photos = Fotos { $of }
    .pictures = { $short } em imagens
    .look = Um olhar de perto: { $short }
    .city = Fotos: { $short }, { $city }
    .see = Conheça { $the } em fotos
