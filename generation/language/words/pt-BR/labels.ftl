### Words of navigation, buttons and contact lists.

page-home = Início
    .file = index
page-services = { $Offer }
    .file = servicos
page-pricing = Preços
    .file = precos
page-gallery = Galeria
    .file = galeria
page-about = Sobre
    .file = sobre
page-testimonials = Depoimentos
    .file = depoimentos
page-faq = Dúvidas
    .file = duvidas
page-contact = Contato
    .file = contato

action-call = Ligar agora
action-whatsapp = Chamar no WhatsApp
action-form = Enviar mensagem
action-email = Escrever um e-mail
action-book_online = Agendar pela internet
see-services = Ver { $offer }
more-services = Ver { $offer } em detalhe
more-about = Saber mais sobre nós
more-gallery = Ver todas as fotos
more-testimonials = Ler os depoimentos
mail-subject = Contato pelo site

phone = Telefone
whatsapp = WhatsApp
email = E-mail
address = Endereço
areas = Regiões atendidas
hours = Horário
years = Em atividade
    .value = { $years ->
        [one] há um ano
       *[other] há { $years } anos
    }

quote = orçamento
    .one = um orçamento
