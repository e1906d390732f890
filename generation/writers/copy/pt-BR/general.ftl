### Sentences for any niche. A form is used only where all its variables are facts of the brief.
### A variable with a capital letter begins with one: $Trade is $trade at the start of a sentence.
### $short is the bare name, $the the name with its article, $of the same after "de".
### A form named after a tone (friendly, professional, premium) is used with that tone alone; all others with any.
### Where a niche has a message of the same name with its own at the end (services-ask-dentist), that one is said.

## Titles and descriptions of pages

home-title =
    .trade = { $name } | { $New_trade } em { $city }
    .first = { $New_trade } em { $city } | { $name }
    .place = { $name } | { $place }
    .service = { $name }: { $service } em { $city }
    .pair = { $Pair } em { $city } | { $name }
services-title =
    .city = { $Offer } | { $short }, { $city }
    .place = { $Offer } | { $short }, { $place }
    .short = { $Offer } | { $short }
    .pair = { $short }: { $pair }
    .service = { $Offer } em { $city } | { $short }
pricing-title =
    .price = Preços e orçamento | { $short }, { $city }
    .ask = Como pedir um orçamento | { $short }
    .quote = Orçamento | { $short }, { $place }
    .prices = Preços | { $short }, { $place }
    .how = Preços e como pedir orçamento | { $short }
about-title =
    .city = Sobre { $the } | { $place }
    .who = Quem somos | { $short }, { $city }
    .service = Sobre { $the }: { $service } em { $city }
    .know = Conheça { $the } | { $place }
    .people = Quem trabalha aqui | { $short }, { $city }
testimonials-title =
    .of = Depoimentos de { $clients } | { $short }
    .city = Depoimentos | { $short }, { $city }
    .say = O que dizem os { $clients } | { $short }
    .words = Palavras de { $clients } | { $short }
    .place = Depoimentos | { $short }, { $place }
faq-title =
    .city = Perguntas frequentes | { $short }, { $city }
    .short = Perguntas frequentes | { $short }
    .answers = Perguntas e respostas | { $short }, { $city }
    .know = Bom saber antes | { $short }, { $city }
    .doubts = Dúvidas comuns | { $short }, { $place }
contact-title =
    .city = Contato | { $short }, { $place }
    .talk = Fale com { $the } em { $city }
    .service = Contato | { $short }: { $service } em { $city }
    .how = Como falar com { $the } | { $city }
    .ways = Canais de contato | { $short }, { $city }

home-description =
    .what = { $short }: { $services } em { $place }.
    .where = { $Services } em { $place }, com { $the }.
    .city = { $short }, em { $place }. O que você encontra: { $services }.
    .looking = Procura { $any_service } em { $place }? Fale com { $the }.
    .ask = { $short }, { $place }. Pergunte sobre { $services }.
services-description =
    .city = { $Offer } em { $city }: { $services }.
    .short = { $short }, { $city }. { $Offer }: { $services }.
    .list = { $Services }: leia sobre cada item { $of }, em { $city }.
    .all = { $short }, em { $place }: leia sobre { $services }.
    .each = Leia sobre { $services } em { $city }, com { $the }.
pricing-description =
    .how = Preços { $of }, em { $place }, e como pedir um orçamento.
    .ask = Como pedir um orçamento e o que { $the } faz em { $place }.
    .tell = O que dizer ao pedir um orçamento com { $the }, em { $place }.
    .know = Como { $the } informa os preços em { $place }, e como perguntar.
    .list = Preços e orçamento para { $services }, com { $the }.
about-description =
    .who = Quem está por trás { $of }, em { $place }.
    .about = Sobre { $the }: quem somos e onde atendemos, em { $place }.
    .know = Conheça { $the }, em { $place }: quem somos e o que fazemos.
    .own = { $short }, em { $place }, nas palavras de quem trabalha ali.
    .before = { $short }, em { $place }: saiba com quem você vai falar.
testimonials-description =
    .say = O que os { $clients } dizem sobre { $the }, em { $place }.
    .words = { $The }, em { $place }, nas palavras dos { $clients }.
    .read = Leia o que os { $clients } escreveram sobre { $the }, em { $place }.
    .heard = O que { $the }, em { $place }, ouviu dos { $clients }.
    .own = Depoimentos de { $clients } { $of }, em { $place }.
faq-description =
    .answers = Perguntas e respostas sobre { $the }, em { $place }.
    .common = O que mais convém saber antes de falar com { $the }, em { $place }.
    .asked = O que costumam perguntar sobre { $the }, em { $place }.
    .short = Respostas curtas sobre { $the }, em { $place }.
    .before = Antes de falar com { $the }, em { $place }: perguntas e respostas.
contact-description =
    .how = Como falar com { $the }, em { $place }.
    .ways = Contato { $of }, em { $place }.
    .touch = Os contatos { $of }, em { $place }.
    .find = Onde encontrar { $the }, em { $place }.
    .talk = Fale com { $the }, em { $place }.

## Opening

hero-heading-trade =
    .trade = { $New_trade } em { $city }: { $pair }
    .name = { $short }: { $pair } em { $city }
    .with = { $Pair } em { $city }, com { $the }
    .place = { $New_trade } em { $place }: { $pair }
    .all = { $short }, { $new_trade } em { $city }: { $pair }
hero-heading-named =
    .name = { $short }: { $pair } em { $city }
    .pair = { $Pair } em { $city }: { $short }
    .city = { $short }, em { $city }: { $pair }
    .with = { $Pair } em { $city }, com { $the }
    .place = Em { $city }: { $pair }, com { $the }
lead-services =
    .list = { $Services } em { $place }.
    .city = Em { $city }: { $services }.
    .ask = Pergunte sobre { $services }.
    .friendly = Procura { $any_service }? Fale com a gente.
    .professional = Nosso trabalho: { $services }.
    .premium = { $Services }, em { $city }.
lead-areas =
    .all = { $Serves } { $areas }.
    .beyond = Além de { $city }, { $serves } { $beyond }.
    .list = Regiões atendidas: { $areas }.
    .around = Também em { $beyond }.
    .map = Área de atuação: { $areas }.
lead-years =
    .since = { $years ->
        [one] Há um ano em atividade.
       *[other] Há { $years } anos em atividade.
    }
    .sum = { $years ->
        [one] Um ano de atividade.
       *[other] São { $years } anos de atividade.
    }
    .work = { $years ->
        [one] Há um ano de portas abertas.
       *[other] Há { $years } anos de portas abertas.
    }
    .friendly = { $years ->
        [one] A gente faz isso há um ano.
       *[other] A gente faz isso há { $years } anos.
    }
    .professional = { $years ->
        [one] Em atividade há um ano.
       *[other] Em atividade há { $years } anos.
    }
    .premium = { $years ->
        [one] Um ano de trabalho.
       *[other] { $years } anos de trabalho.
    }

## Sections

services-heading =
    .offer = { $Offer }
    .city = { $Offer } em { $city }
    .name = { $short }: { $offer }
    .place = { $Offer } em { $place }
    .who = { $Offer } para quem está em { $city }
services-page-heading =
    .name = { $short }: { $offer }
    .city = { $Offer }: { $short }, { $city }
    .place = { $Offer } em { $place }
    .in = { $short } em { $city }: { $offer }
    .who = { $Offer } para quem está em { $city }
services-ask =
    .doubt = Ficou com alguma dúvida? Pergunte { $first_reach }.
    .more = Para saber mais, fale com a gente { $first_reach }.
    .unsure = Não sabe bem o que pedir? Descreva { $first_reach }.
    .friendly = É só perguntar { $first_reach }: quem responde é gente.
    .professional = Para mais detalhes, entre em contato { $first_reach }.
    .premium = Para conversar sobre o que você tem em mente, fale conosco { $first_reach }.
prepare =
    .what = Diga do que você precisa, onde está e para quando.
    .start = Para começar: o que é, onde é e até quando.
    .short = Uma mensagem curta basta: o assunto e o lugar.
    .friendly = Conte com as suas palavras o que você tem em mente. O resto a gente pergunta.
    .professional = Informe do que precisa, o local e as datas possíveis.
    .premium = Conte o que você tem em mente e quanto tempo há para isso.
about-heading =
    .name = Sobre { $the }
    .who = Quem somos
    .know = Conheça { $the }
    .behind = Quem está por trás { $of }
    .people = Com quem você vai falar
about-page-heading =
    .name = Sobre { $the }
    .who = { $short }: quem somos
    .know = Conheça { $the }
    .city = { $short }, em { $city }
    .behind = Quem está por trás { $of }
about-years =
    .since = { $years ->
        [one] { $The } está em atividade há um ano.
       *[other] { $The } está em atividade há { $years } anos.
    }
    .sum = { $years ->
        [one] { $The } tem um ano de atividade.
       *[other] { $The } tem { $years } anos de atividade.
    }
    .counts = { $years ->
        [one] { $The } soma um ano de trabalho.
       *[other] { $The } soma { $years } anos de trabalho.
    }
    .friendly = { $years ->
        [one] A gente trabalha nisso há um ano.
       *[other] A gente trabalha nisso há { $years } anos.
    }
    .professional = { $years ->
        [one] A atividade completa um ano.
       *[other] São { $years } anos de atuação.
    }
    .premium = { $years ->
        [one] { $The } tem um ano de trabalho.
       *[other] { $The } tem { $years } anos de trabalho.
    }
team-heading =
    .team = Equipe
    .who = Quem faz parte da equipe
    .people = As pessoas { $of }
    .meet = Conheça a equipe
    .ours = A nossa equipe
testimonials-heading =
    .of = Depoimentos de { $clients }
    .say = O que os { $clients } dizem
    .wrote = O que os { $clients } escreveram
    .words = Nas palavras dos { $clients }
    .heard = O que ouvimos dos { $clients }
testimonials-page-heading =
    .say = O que os { $clients } dizem sobre { $the }
    .words = { $The } nas palavras dos { $clients }
    .wrote = O que os { $clients } escreveram sobre { $the }
    .of = Depoimentos de { $clients } { $of }
    .heard = O que { $the } ouviu dos { $clients }
testimonials-words =
    .as = Publicado com as palavras de quem escreveu.
    .kept = Cada depoimento está como foi escrito.
    .letter = Nada foi acrescentado, nada foi tirado.
    .changed = Não mudamos nenhuma palavra do que você lê aqui.
    .whole = Cada um aparece inteiro, como chegou.
areas-heading =
    .areas = Regiões atendidas
    .places = Cidades e bairros atendidos
    .where = Onde atendemos
    .far = Lugares que atendemos
    .city = { $City } e outros lugares
areas-ask =
    .missing = Não achou o seu bairro ou a sua cidade? Pergunte { $first_reach }.
    .listed = Se o seu bairro ou a sua cidade não estiver na lista, pergunte { $first_reach }.
    .else = Está em outro lugar? Pergunte { $first_reach }.
    .friendly = Não está na lista? Pergunte mesmo assim, { $first_reach }.
    .professional = Para outras localidades, consulte { $first_reach }.
    .premium = Para outros endereços, fale conosco { $first_reach }.
hours-heading =
    .hours = Horário de atendimento
    .when = Quando atendemos
    .days = Dias e horários
    .week = A nossa semana
    .ours = Nosso horário
contact-heading =
    .talk = Fale com { $the }
    .how = Como falar com { $the }
    .ways = Contatos { $of }
    .find = Onde encontrar { $the }
    .ours = Nossos contatos
contact-reach =
    .us = Fale com a gente { $reach }.
    .you = Você pode falar com a gente { $reach }.
    .touch = Entre em contato { $reach }.
    .friendly = Dê um oi { $reach }.
    .professional = Entre em contato conosco { $reach }.
    .premium = Teremos prazer em ouvir você { $reach }.
call-heading-call =
    .ring = Ligue para { $phone }
    .phone = Fale por telefone: { $phone }
    .number = Nosso número: { $phone }
    .us = Ligue para a gente: { $phone }
    .hear = Atendemos no { $phone }
call-heading-whatsapp =
    .write = Chame no WhatsApp: { $whatsapp }
    .talk = Fale pelo WhatsApp { $whatsapp }
    .send = Mande uma mensagem no WhatsApp: { $whatsapp }
    .are = Estamos no WhatsApp: { $whatsapp }
    .line = Escreva no WhatsApp: { $whatsapp }
call-heading-email =
    .write = Escreva para { $email }
    .mail = Mande um e-mail para { $email }
    .us = Nosso e-mail: { $email }
    .address = Fale por e-mail: { $email }
    .line = Mande uma mensagem para { $email }
call-heading-book_online =
    .book = Agende pela internet
    .time = Escolha o seu horário pela internet
    .day = Escolha o dia e a hora na agenda
    .place = Reserve o seu horário pela internet
    .calendar = Veja a agenda e marque
call-hours =
    .plain = { $Hours }.
    .we = Atendemos { $hours }.
    .our = Nosso horário: { $hours }.
    .friendly = Tem gente aqui { $hours }.
    .professional = Horário de atendimento: { $hours }.
    .premium = Recebemos você { $hours }.
call-reach =
    .us = Fale com a gente { $reach }.
    .or = Atendemos { $reach }.
    .talk = Entre em contato { $reach }.
    .friendly = Dê um oi { $reach }.
    .professional = Entre em contato conosco { $reach }.
    .premium = Fale conosco { $reach }.

## Prices

pricing-heading =
    .price = Preços e orçamento
    .ask = Como pedir um orçamento
    .prices = Preços
    .cost = Quanto custa e como perguntar
    .how = Preços e como pedir
pricing-request =
    .all = Os preços { $of } são sob consulta.
    .name = { $The } informa os preços sob consulta.
    .ask = Diga do que você precisa, e { $the } informa o preço.
    .depends = O preço depende do que é preciso fazer; por isso { $the } informa sob consulta.
    .first = Fale com { $the }, conte do que você precisa e pergunte o preço.
pricing-given =
    .each = Os preços informados estão junto de cada item; o restante é sob consulta.
    .list = Cada item traz o preço informado; sem preço na lista, é sob consulta.
    .beside = O preço publicado fica ao lado do item. Para os outros, pergunte.
    .where = Quando há preço publicado, ele está junto do item. Quando não há, pergunte.
    .some = Alguns preços estão nesta página. Os outros são sob consulta.
pricing-how =
    .say = Para pedir um orçamento, fale { $first_reach } e diga o que procura: { $any_service }.
    .ask = Peça o seu orçamento { $first_reach }, dizendo o que procura: { $any_service }.
    .start = Comece { $first_reach }: é { $any_service }?
    .tell = Conte { $first_reach } do que se trata: { $any_service }.
    .quote = O orçamento se pede { $first_reach }. Diga qual é o assunto: { $any_service }.
pricing-where =
    .where = Diga também onde você está: { $any_area }.
    .place = Conte também a sua região: { $any_area }.
    .also = Ajuda saber o lugar: { $any_area }.
    .are = Você está em { $any_area }? Diga isso também.
    .say = Diga onde é: { $any_area }.
pricing-item =
    .request = Sob consulta.
    .ask = Pergunte o preço.
    .quote = Peça um orçamento.
    .given = Preço sob consulta.
    .us = Consulte o preço.

## Questions

faq-heading =
    .common = Perguntas frequentes
    .name = Perguntas frequentes sobre { $the }
    .ask = O que costumam perguntar
    .know = Bom saber sobre { $the }
    .answers = Perguntas e respostas
faq-services =
    .answer = { $The } { $does } { $all_services }.
    .today = Hoje, { $the } { $does } { $all_services }.
    .list = A lista: { $all_services }.
    .these = { $All_services }.
    .at = { $short }: { $all_services }.
faq-areas-question =
    .which = Quais regiões vocês atendem?
    .mine = Vocês atendem a minha região?
    .where = Onde vocês atendem?
    .list = A minha cidade está na lista?
    .far = Quais lugares vocês atendem?
faq-areas =
    .serves = { $The } atende { $all_areas }.
    .who = { $The } atende quem está em { $all_areas }.
    .list = A lista até aqui: { $all_areas }.
    .we = Atendemos { $all_areas }.
    .yes = Na nossa lista: { $all_areas }.
faq-where-question =
    .where = Onde vocês ficam?
    .address = Qual é o endereço de vocês?
    .find = Onde encontro vocês?
    .located = Onde fica { $the }?
    .go = Aonde eu vou?
faq-where =
    .is = O endereço { $of } é { $address }.
    .at = { $The } recebe você neste endereço: { $address }.
    .address = Nosso endereço: { $address }.
    .we = Estamos neste endereço: { $address }.
    .come = Anote o endereço: { $address }.
faq-hours-question =
    .hours = Qual é o horário de atendimento?
    .when = Em que dias e horários vocês atendem?
    .days = Quais dias vocês abrem?
    .visit = Quando encontro vocês?
    .there = Quando tem alguém aí?
faq-hours =
    .open = { $The } atende { $hours }.
    .hours = O horário { $of }: { $hours }.
    .we = Atendemos { $hours }.
    .ours = Nosso horário: { $hours }.
    .plain = { $Hours }.
faq-contact-question =
    .how = Como falo com vocês?
    .touch = Como entro em contato?
    .write = Para onde ligo ou escrevo?
    .ask = Onde tiro uma dúvida?
    .best = Por onde começo a conversa?
faq-contact =
    .talk = Fale com { $the } { $reach }.
    .you = Você fala com { $the } { $reach }.
    .us = Fale com a gente { $reach }.
    .touch = Entre em contato { $reach }.
    .ask = Pergunte { $reach }.
faq-booking-question =
    .online = Dá para agendar pela internet?
    .how = Como agendo um horário?
    .where = Onde eu agendo?
    .page = Existe uma página para agendar?
    .mark = Como marco um horário?
faq-booking =
    .yes = { $The } recebe agendamentos em { $booking }.
    .page = Os agendamentos { $of } são feitos em { $booking }.
    .here = Agende em { $booking }.
    .pick = Escolha o seu horário em { $booking }.
    .go = Acesse { $booking }.
faq-team-question =
    .who = Quem faz parte da equipe?
    .team = Quem trabalha com vocês?
    .meet = Quem vai me atender?
    .people = Quem são as pessoas { $of }?
    .talk = Com quem vou falar?
faq-team =
    .team = Na equipe { $of }: { $people }.
    .are = A equipe { $of }: { $people }.
    .plain = { $People }.
    .ours = Nossa equipe: { $people }.
    .here = Aqui você fala com { $people }.
faq-years-question =
    .long = Há quanto tempo vocês atendem?
    .since = Há quanto tempo vocês estão em atividade?
    .old = Quanto tempo tem { $the }?
    .doing = Há quanto tempo vocês fazem isso?
    .new = Quantos anos de atividade vocês têm?
faq-years =
    .since = { $years ->
        [one] { $The } está em atividade há um ano.
       *[other] { $The } está em atividade há { $years } anos.
    }
    .sum = { $years ->
        [one] { $The } tem um ano de atividade.
       *[other] { $The } tem { $years } anos de atividade.
    }
    .we = { $years ->
        [one] Estamos em atividade há um ano.
       *[other] Estamos em atividade há { $years } anos.
    }
    .plain = { $years ->
        [one] Há um ano.
       *[other] Há { $years } anos.
    }
    .counts = { $years ->
        [one] { $The } soma um ano de trabalho.
       *[other] { $The } soma { $years } anos de trabalho.
    }

## Ways to reach the business, as parts of a sentence

reach-phone = pelo telefone { $phone }
reach-whatsapp = pelo WhatsApp { $whatsapp }
reach-both = pelo telefone ou WhatsApp { $phone }
reach-email = pelo e-mail { $email }
