### Beginnings of a business's name that take an article in a sentence; any other name stands bare.

articles =
    .la = academia agencia asociación barbería boutique cafetería cantina carnicería carpintería casa cerrajería
        churrasquería clínica cocina constructora cooperativa dulcería empresa escuela fábrica farmacia ferretería
        florería floristería fonda fontanería frutería galería heladería herrería imprenta inmobiliaria joyería
        lavandería librería marisquería mueblería notaría óptica panadería papelería pastelería peluquería pizzería
        plomería relojería sastrería taberna taquería tienda tintorería tortillería veterinaria vidriería zapatería
    .el = asador bar bistró bufete café centro colegio consultorio despacho estudio gimnasio grupo hospital hotel instituto
        laboratorio mercado restaurante salón spa supermercado taller
