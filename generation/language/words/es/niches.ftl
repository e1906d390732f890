### The nouns of each niche: what the trade is called, what it offers and to whom.
### said: beginnings of words that already tell the trade when they stand in a business's name.
### near: words by which a customer's own name for a trade is known to be near this one.

restaurant =
    .trade = restaurante
    .said = restaurante cantina bistró pizzería taquería asador café bar
    .near = panadería pastelería repostería pasteles cafetería pizzería heladería catering banquetes bar cocina cocinera taquería dulcería chocolatería cervecería comida hamburguesas
    .offer = menú
    .which = ¿Qué hay en el menú?
    .does = ofrece
    .serves = atendemos en
    .clients = clientes
lawyer =
    .trade = servicios legales
    .said = abogad legal juríd
    .near = notaría notario gestoría gestor mediación mediador abogado abogada jurídico derecho migración
    .offer = áreas de práctica
    .which = ¿En qué áreas del derecho trabajan?
    .does = trabaja en
    .serves = atendemos a clientes de
    .clients = clientes
dentist =
    .trade = atención dental
    .said = dent odont
    .near = fisioterapia fisioterapeuta psicóloga psicólogo nutrióloga nutricionista clínica médico médica consultorio podología podóloga veterinaria veterinario quiropráctico ortodoncia pediatra acupuntura óptica
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
    .near = inmobiliaria corredor agente alquileres propiedades avalúos arquitecto arquitecta arquitectura
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
    .near = plomero fontanero calefacción calderas cerrajero cerrajería carpintero carpintería herrería albañil reformas remodelación mecánico taller reparaciones techos gas mantenimiento fumigación
    .offer = servicios
    .which = ¿Qué trabajos hacen?
    .does = hace
    .serves = trabajamos en
    .clients = clientes
electrician =
    .trade = servicios eléctricos
    .said = eléctri electri electro
    .near = electricista solar alarmas cámaras generadores iluminación electrónica refrigeración
    .offer = servicios
    .which = ¿Qué trabajos hacen?
    .does = hace
    .serves = trabajamos en
    .clients = clientes
landscaping =
    .trade = jardinería y paisajismo
    .said = jardi paisaj
    .near = jardín jardines jardinero poda piscina piscinas albercas florería floristería riego césped vivero
    .offer = servicios
    .which = ¿Qué trabajos hacen?
    .does = hace
    .serves = trabajamos en
    .clients = clientes
cleaning =
    .trade = servicios de limpieza
    .said = limpi clean
    .near = lavandería tintorería limpieza alfombras muebles vidrios ventanas mudanzas planchado desinfección
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
