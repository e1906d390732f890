### Beginnings of a business's name that take an article in a sentence; any other name stands bare.

articles =
    .a = academia adega administradora agência associação autoescola barbearia borracharia boutique cafeteria cantina
        casa chácara churrascaria clínica confeitaria construtora cooperativa corretora cozinha dedetizadora
        desentupidora doceria elétrica empresa escola fábrica farmácia floricultura galeria gráfica hamburgueria
        hidráulica imobiliária joalheria lanchonete lavanderia livraria loja marcenaria mecânica mercearia odonto
        oficina ótica padaria papelaria pizzaria pousada relojoaria sapataria serralheria sorveteria tapeçaria
        transportadora veterinária vidraçaria
    .o = açougue armazém ateliê bar bistrô brechó buffet café centro chaveiro colégio consultório empório escritório espaço estúdio grupo
        hospital hotel instituto laboratório mercado restaurante salão spa studio supermercado
