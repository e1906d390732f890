### The page of photos, and their section on the home page.

gallery-title =
    .city = Photos | { $short }, { $city }
    .of = Photos of { $short } | { $place }
    .gallery = Gallery | { $short }, { $city }
    .at = { $short } in pictures | { $place }
    .seen = A look at { $short }, { $city }
gallery-description =
    .of = Photos of { $short } in { $place }.
    .look = A look at { $short } in { $place }, in photos.
    .pictures = { $short } in pictures: { $services }.
    .see = See { $short } of { $place } before you get in touch.
    .album = The photo page of { $short } in { $place }.
gallery-heading =
    .photos = Photos
    .look = Take a look
    .pictures = In pictures
    .short = { $short } in pictures
    .see = See for yourself
gallery-page-heading =
    .photos = Photos of { $short }
    .pictures = { $short } in pictures
    .look = A look at { $short }
    .city = Photos: { $short }, { $city }
    .see = See { $short } for yourself
