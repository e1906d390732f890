### Beginnings of a business's name that take an article in a sentence; any other name stands bare.

articles =
    .la = academia agencia asociación barbería boutique cafetería cantina casa churrasquería clínica cocina
        constructora cooperativa empresa escuela fábrica farmacia ferretería floristería galería heladería imprenta
        inmobiliaria joyería lavandería librería mueblería notaría óptica panadería pastelería peluquería pizzería
        taberna taquería tienda veterinaria vidriería
    .el = asador bar bistró bufete café centro colegio consultorio despacho estudio grupo hospital hotel instituto
        laboratorio mercado restaurante salón spa supermercado taller
