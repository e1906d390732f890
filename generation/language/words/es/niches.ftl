### The nouns of each niche: what the trade is called, what it offers and to whom.
### said: beginnings of words that already tell the trade when they stand in a business's name.

restaurant =
    .trade = restaurante
    .said = restaurante cantina bistró pizzería taquería asador café bar
    .offer = menú
    .which = ¿Qué hay en el menú?
    .does = ofrece
    .serves = atendemos en
    .clients = clientes
lawyer =
    .trade = servicios legales
    .said = abogad legal juríd
    .offer = áreas de práctica
    .which = ¿En qué áreas del derecho trabajan?
    .does = trabaja en
    .serves = atendemos a clientes de
    .clients = clientes
dentist =
    .trade = atención dental
    .said = dent odont
    .offer = tratamientos
    .which = ¿Qué tratamientos ofrecen?
    .does = ofrece
    .serves = atendemos a pacientes de
    .clients = pacientes
real_estate =
    .trade = { $country ->
        [ES] servicios inmobiliarios
       *[other] bienes raíces
    }
    .said = inmobili propiedad bienes realty
    .offer = servicios
    .which = ¿Con qué pueden ayudarme?
    .does = ayuda con
    .serves = trabajamos en
    .clients = clientes
plumber =
    .trade = { $country ->
        [ES] fontanería
       *[other] plomería
    }
    .said = plom fontan
    .offer = servicios
    .which = ¿Qué trabajos hacen?
    .does = hace
    .serves = trabajamos en
    .clients = clientes
electrician =
    .trade = servicios eléctricos
    .said = eléctri electri electro
    .offer = servicios
    .which = ¿Qué trabajos hacen?
    .does = hace
    .serves = trabajamos en
    .clients = clientes
landscaping =
    .trade = jardinería y paisajismo
    .said = jardi paisaj
    .offer = servicios
    .which = ¿Qué trabajos hacen?
    .does = hace
    .serves = trabajamos en
    .clients = clientes
cleaning =
    .trade = servicios de limpieza
    .said = limpi clean
    .offer = servicios
    .which = ¿Qué servicios de limpieza ofrecen?
    .does = ofrece
    .serves = trabajamos en
    .clients = clientes
general =
    .offer = qué hacemos
    .which = ¿Qué ofrecen?
    .does = ofrece
    .serves = atendemos en
    .clients = clientes
other =
    .offer = qué hacemos
    .which = ¿Qué ofrecen?
    .does = ofrece
    .serves = atendemos en
    .clients = clientes
