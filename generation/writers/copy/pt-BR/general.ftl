### Sentences for any niche. A form is used only where all its variables are facts of the brief.
### A variable with a capital letter begins with one: $Trade is $trade at the start of a sentence.
### $short is the bare name, $the the name with its article, $of the same after "de".

## Titles and descriptions of pages

home-title =
    .trade = { $name } | { $New_trade } em { $city }
    .first = { $New_trade } em { $city } | { $name }
    .place = { $name } | { $place }
    .service = { $name }: { $service } em { $city }
services-title =
    .city = { $Offer } | { $short }, { $city }
    .place = { $Offer } | { $short }, { $place }
    .short = { $Offer } | { $short }
pricing-title =
    .price = Preços e orçamento | { $short }, { $city }
    .ask = Como pedir um orçamento | { $short }
about-title =
    .city = Sobre { $the } | { $place }
    .who = Quem somos | { $short }, { $city }
    .service = Sobre { $the }: { $service } em { $city }
testimonials-title =
    .of = Depoimentos de { $clients } | { $short }
    .city = Depoimentos | { $short }, { $city }
faq-title =
    .city = Perguntas frequentes | { $short }, { $city }
    .short = Perguntas frequentes | { $short }
contact-title =
    .city = Contato | { $short }, { $place }
    .talk = Fale com { $the } em { $city }
    .service = Contato | { $short }: { $service } em { $city }

home-description =
    .what = { $short }: { $services } em { $place }.
    .where = { $Services } em { $place }, com { $the }.
services-description =
    .city = { $Offer } em { $city }: { $services }.
    .short = { $short }, { $city }. { $Offer }: { $services }.
pricing-description =
    .how = Preços { $of }, em { $place }, e como pedir um orçamento.
    .ask = Como pedir um orçamento e o que { $the } faz em { $place }.
about-description =
    .who = Quem está por trás { $of }, em { $place }.
    .about = Sobre { $the }: quem somos e onde atendemos, em { $place }.
testimonials-description =
    .say = O que os { $clients } dizem sobre { $the }, em { $place }.
    .words = { $The }, em { $place }, nas palavras dos { $clients }.
faq-description =
    .answers = Perguntas e respostas sobre { $the }, em { $place }.
    .common = O que mais convém saber antes de falar com { $the }, em { $place }.
contact-description =
    .how = Como falar com { $the }, em { $place }.
    .ways = Contato { $of }, em { $place }.

## Opening

hero-heading-trade =
    .name = { $short }: { $new_trade } em { $city }
    .trade = { $New_trade } em { $city }: { $short }
hero-heading-named =
    .city = { $short } em { $city }
    .place = { $short }, em { $place }
hero-heading-service =
    .name = { $short }: { $service } em { $city }
    .service = { $Service } em { $city }: { $short }
lead-services =
    .list = { $Services } em { $place }.
    .city = Em { $city }: { $services }.
lead-areas =
    .all = { $Serves } { $areas }.
    .beyond = Além de { $city }, { $serves } { $beyond }.
lead-years =
    .since = { $years ->
        [one] Há um ano em atividade.
       *[other] Há { $years } anos em atividade.
    }
    .sum = { $years ->
        [one] Um ano de atividade.
       *[other] São { $years } anos de atividade.
    }

## Sections

services-heading =
    .offer = { $Offer }
services-page-heading =
    .name = { $short }: { $offer }
    .city = { $Offer }: { $short }, { $city }
services-ask =
    .doubt = Ficou com alguma dúvida? Pergunte { $first_reach }.
    .more = Para saber mais, fale com a gente { $first_reach }.
about-heading =
    .name = Sobre { $the }
    .who = Quem somos
about-page-heading =
    .name = Sobre { $the }
    .who = { $short }: quem somos
about-years =
    .since = { $years ->
        [one] { $The } está em atividade há um ano.
       *[other] { $The } está em atividade há { $years } anos.
    }
    .sum = { $years ->
        [one] { $The } tem um ano de atividade.
       *[other] { $The } tem { $years } anos de atividade.
    }
team-heading =
    .team = Equipe
    .who = Quem faz parte da equipe
testimonials-heading =
    .of = Depoimentos de { $clients }
    .say = O que os { $clients } dizem
testimonials-page-heading =
    .say = O que os { $clients } dizem sobre { $the }
    .words = { $The } nas palavras dos { $clients }
testimonials-words =
    .as = Publicado com as palavras de quem escreveu.
    .kept = Cada depoimento está como foi escrito.
areas-heading =
    .areas = Regiões atendidas
    .places = Cidades e bairros atendidos
areas-ask =
    .missing = Não achou o seu bairro ou a sua cidade? Pergunte { $first_reach }.
    .listed = Se o seu bairro ou a sua cidade não está na lista, pergunte { $first_reach }.
hours-heading =
    .hours = Horário de atendimento
    .when = Quando atendemos
contact-heading =
    .talk = Fale com { $the }
    .how = Como falar com { $the }
contact-reach =
    .us = Fale com a gente { $reach }.
    .you = Você pode falar com a gente { $reach }.
call-heading-call =
    .ring = Ligue para { $phone }
    .phone = Fale por telefone: { $phone }
call-heading-whatsapp =
    .write = Chame no WhatsApp: { $whatsapp }
    .talk = Fale pelo WhatsApp { $whatsapp }
call-heading-email =
    .write = Escreva para { $email }
    .mail = Mande um e-mail para { $email }
call-heading-book_online =
    .book = Agende pela internet
    .time = Escolha o seu horário pela internet
call-hours =
    .plain = { $Hours }.
    .we = Atendemos { $hours }.
call-reach =
    .us = Fale com a gente { $reach }.
    .or = Atendemos { $reach }.

## Prices

pricing-heading =
    .price = Preços e orçamento
    .ask = Como pedir um orçamento
pricing-request =
    .all = Os preços { $of } são sob consulta.
    .name = { $The } informa os preços sob consulta.
pricing-given =
    .each = Os preços informados estão junto de cada item; o restante é sob consulta.
    .list = Cada item traz o preço informado; sem preço na lista, é sob consulta.
pricing-how =
    .say = Para pedir um orçamento, fale { $first_reach } e diga o que procura: { $any_service }.
    .ask = Peça o seu orçamento { $first_reach }, dizendo o que procura: { $any_service }.
pricing-where =
    .where = Diga também onde você está: { $any_area }.
    .place = Conte também a sua região: { $any_area }.
pricing-item =
    .request = Sob consulta.

## Questions

faq-heading =
    .common = Perguntas frequentes
    .name = Perguntas frequentes sobre { $the }
faq-services =
    .answer = { $The } { $does } { $all_services }.
    .today = Hoje, { $the } { $does } { $all_services }.
faq-areas-question =
    .which = Quais regiões vocês atendem?
    .mine = Vocês atendem a minha região?
faq-areas =
    .serves = { $The } atende { $all_areas }.
    .who = { $The } atende quem está em { $all_areas }.
faq-where-question =
    .where = Onde vocês ficam?
    .address = Qual é o endereço de vocês?
faq-where =
    .is = O endereço { $of } é { $address }.
    .at = { $The } recebe você neste endereço: { $address }.
faq-hours-question =
    .hours = Qual é o horário de atendimento?
    .when = Em que dias e horários vocês atendem?
faq-hours =
    .open = { $The } atende { $hours }.
    .hours = O horário { $of }: { $hours }.
faq-contact-question =
    .how = Como falo com vocês?
    .touch = Como entro em contato?
faq-contact =
    .talk = Fale com { $the } { $reach }.
    .you = Você fala com { $the } { $reach }.
faq-booking-question =
    .online = Dá para agendar pela internet?
    .how = Como agendo um horário?
faq-booking =
    .yes = { $The } recebe agendamentos em { $booking }.
    .page = Os agendamentos { $of } são feitos em { $booking }.
faq-team-question =
    .who = Quem faz parte da equipe?
    .team = Quem trabalha com vocês?
faq-team =
    .team = Na equipe { $of }: { $people }.
    .are = A equipe { $of }: { $people }.
faq-years-question =
    .long = Há quanto tempo vocês atendem?
    .since = Há quanto tempo vocês estão em atividade?
faq-years =
    .since = { $years ->
        [one] { $The } está em atividade há um ano.
       *[other] { $The } está em atividade há { $years } anos.
    }
    .sum = { $years ->
        [one] { $The } tem um ano de atividade.
       *[other] { $The } tem { $years } anos de atividade.
    }

## Ways to reach the business, as parts of a sentence

reach-phone = pelo telefone { $phone }
reach-whatsapp = pelo WhatsApp { $whatsapp }
reach-both = pelo telefone ou WhatsApp { $phone }
reach-email = pelo e-mail { $email }
