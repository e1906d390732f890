### Beginnings of a business's name that take an article in a sentence; any other name stands bare.

articles =
    .a = academia adega agência associação barbearia boutique cafeteria cantina casa chácara churrascaria clínica
        confeitaria construtora cooperativa corretora cozinha doceria empresa escola fábrica farmácia floricultura
        galeria gráfica hamburgueria imobiliária joalheria lanchonete lavanderia loja marcenaria mercearia oficina
        ótica padaria pizzaria pousada serralheria sorveteria veterinária vidraçaria
    .o = armazém ateliê bar bistrô buffet café centro colégio consultório empório escritório espaço estúdio grupo
        hospital hotel instituto laboratório mercado restaurante salão spa studio supermercado
