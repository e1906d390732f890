### Sentences for any niche. A form is used only where all its variables are facts of the brief.
### A variable with a capital letter begins with one: $Trade is $trade at the start of a sentence.
### $short is the bare name, $the the name with its article, $of the same after "de".

## Titles and descriptions of pages

home-title =
    .trade = { $name } | { $New_trade } en { $city }
    .first = { $New_trade } en { $city } | { $name }
    .place = { $name } | { $place }
    .service = { $name }: { $service } en { $city }
services-title =
    .city = { $Offer } | { $short }, { $city }
    .place = { $Offer } | { $short }, { $place }
    .short = { $Offer } | { $short }
pricing-title =
    .price = Precios y { $quote } | { $short }, { $city }
    .ask = Cómo pedir { $a_quote } | { $short }
about-title =
    .city = Sobre { $the } | { $place }
    .who = Quiénes somos | { $short }, { $city }
    .service = Sobre { $the }: { $service } en { $city }
testimonials-title =
    .of = Opiniones de { $clients } | { $short }
    .city = Opiniones | { $short }, { $city }
faq-title =
    .city = Preguntas frecuentes | { $short }, { $city }
    .short = Preguntas frecuentes | { $short }
contact-title =
    .city = Contacto | { $short }, { $place }
    .talk = Contacto con { $the } en { $city }
    .service = Contacto | { $short }: { $service } en { $city }

home-description =
    .what = { $short }: { $services } en { $place }.
    .where = { $Services } en { $place }, con { $the }.
services-description =
    .city = { $Offer } en { $city }: { $services }.
    .short = { $short }, { $city }. { $Offer }: { $services }.
pricing-description =
    .how = Precios { $of } en { $place } y cómo pedir { $a_quote }.
    .ask = Cómo pedir { $a_quote } y qué ofrece { $the } en { $place }.
about-description =
    .who = Quién está detrás { $of }, en { $place }.
    .about = Sobre { $the }: quiénes somos y dónde atendemos, en { $place }.
testimonials-description =
    .say = Lo que opinan los { $clients } sobre { $the }, en { $place }.
    .words = { $The }, en { $place }, en palabras de sus { $clients }.
faq-description =
    .answers = Preguntas y respuestas sobre { $the }, en { $place }.
    .common = Lo que conviene saber antes de hablar con { $the }, en { $place }.
contact-description =
    .how = Cómo comunicarse con { $the }, en { $place }.
    .ways = Contacto { $of }, en { $place }.

## Opening

hero-heading-trade =
    .name = { $short }: { $new_trade } en { $city }
    .trade = { $New_trade } en { $city }: { $short }
hero-heading-named =
    .city = { $short } en { $city }
    .place = { $short }, en { $place }
hero-heading-service =
    .name = { $short }: { $service } en { $city }
    .service = { $Service } en { $city }: { $short }
lead-services =
    .list = { $Services } en { $place }.
    .city = En { $city }: { $services }.
lead-areas =
    .all = { $Serves } { $areas }.
    .beyond = Además de { $city }, { $serves } { $beyond }.
lead-years =
    .since = { $years ->
        [one] En actividad desde hace un año.
       *[other] En actividad desde hace { $years } años.
    }
    .sum = { $years ->
        [one] Un año de actividad.
       *[other] { $years } años de actividad.
    }

## Sections

services-heading =
    .offer = { $Offer }
services-page-heading =
    .name = { $short }: { $offer }
    .city = { $Offer }: { $short }, { $city }
services-ask =
    .doubt = ¿Tiene alguna duda? Pregunte { $first_reach }.
    .more = Para saber más, comuníquese { $first_reach }.
about-heading =
    .name = Sobre { $the }
    .who = Quiénes somos
about-page-heading =
    .name = Sobre { $the }
    .who = { $short }: quiénes somos
about-years =
    .since = { $years ->
        [one] { $The } está en actividad desde hace un año.
       *[other] { $The } está en actividad desde hace { $years } años.
    }
    .sum = { $years ->
        [one] { $The } tiene un año de actividad.
       *[other] { $The } tiene { $years } años de actividad.
    }
team-heading =
    .team = El equipo
    .who = Quién forma el equipo
testimonials-heading =
    .of = Opiniones de { $clients }
    .words = Lo que opinan los { $clients }
testimonials-page-heading =
    .of = Opiniones de { $clients } sobre { $the }
    .words = { $The } en palabras de sus { $clients }
testimonials-words =
    .as = Publicado con las palabras de quien lo escribió.
    .kept = Cada opinión está como se escribió.
areas-heading =
    .areas = Zonas que atendemos
    .places = Ciudades y barrios que atendemos
areas-ask =
    .missing = ¿No encuentra su barrio o su ciudad? Pregunte { $first_reach }.
    .listed = Si su barrio o su ciudad no está en la lista, pregunte { $first_reach }.
hours-heading =
    .hours = Horario de atención
    .when = Cuándo atendemos
contact-heading =
    .talk = Hable con { $the }
    .how = Cómo comunicarse con { $the }
contact-reach =
    .us = Comuníquese { $reach }.
    .you = Puede comunicarse { $reach }.
call-heading-call =
    .ring = Llame al { $phone }
    .phone = Hable por teléfono: { $phone }
call-heading-whatsapp =
    .write = Escriba por WhatsApp: { $whatsapp }
    .talk = Hable por WhatsApp: { $whatsapp }
call-heading-email =
    .write = Escriba a { $email }
    .mail = Envíe un correo a { $email }
call-heading-book_online =
    .book = Reserve en línea
    .time = Elija su horario en línea
call-hours =
    .plain = { $Hours }.
    .we = Atendemos { $hours }.
call-reach =
    .us = Comuníquese { $reach }.
    .or = Atendemos { $reach }.

## Prices

pricing-heading =
    .price = Precios y { $quote }
    .ask = Cómo pedir { $a_quote }
pricing-request =
    .all = { $The } da sus precios por { $quote }.
    .name = Los precios { $of } se dan por { $quote }.
pricing-given =
    .each = Los precios publicados están junto a cada servicio; los demás se dan por { $quote }.
    .list = Cada servicio lleva su precio publicado; si no lo lleva, se da por { $quote }.
pricing-how =
    .say = Para pedir { $a_quote }, comuníquese { $first_reach } y diga qué necesita: { $any_service }.
    .ask = Pida { $a_quote } { $first_reach } y cuente qué busca: { $any_service }.
pricing-where =
    .where = Diga también en qué zona está: { $any_area }.
    .place = Agregue su zona: { $any_area }.
pricing-item =
    .request = Precio a consultar.

## Questions

faq-heading =
    .common = Preguntas frecuentes
    .name = Preguntas sobre { $the }
faq-services =
    .answer = { $The } { $does } { $all_services }.
    .today = Hoy, { $the } { $does } { $all_services }.
faq-areas-question =
    .which = ¿Qué zonas atienden?
    .mine = ¿Atienden en mi zona?
faq-areas =
    .serves = { $The } atiende en { $all_areas }.
    .who = { $The } atiende a personas de { $all_areas }.
faq-where-question =
    .where = ¿Dónde están?
    .address = ¿Cuál es la dirección?
faq-where =
    .is = La dirección { $of } es { $address }.
    .at = { $The } atiende en esta dirección: { $address }.
faq-hours-question =
    .hours = ¿Cuál es el horario de atención?
    .when = ¿Qué días y a qué hora atienden?
faq-hours =
    .open = { $The } atiende { $hours }.
    .hours = El horario { $of }: { $hours }.
faq-contact-question =
    .how = ¿Cómo me comunico con ustedes?
    .touch = ¿Cómo los contacto?
faq-contact =
    .talk = Comuníquese con { $the } { $reach }.
    .you = Puede comunicarse con { $the } { $reach }.
faq-booking-question =
    .online = ¿Se puede reservar en línea?
    .how = ¿Cómo reservo una hora?
faq-booking =
    .yes = { $The } recibe reservas en { $booking }.
    .page = Las reservas con { $the } se hacen en { $booking }.
faq-team-question =
    .who = ¿Quién forma el equipo?
    .team = ¿Quién trabaja con ustedes?
faq-team =
    .team = En el equipo { $of }: { $people }.
    .are = El equipo { $of }: { $people }.
faq-years-question =
    .long = ¿Desde cuándo trabajan?
    .since = ¿Cuánto tiempo llevan en actividad?
faq-years =
    .since = { $years ->
        [one] { $The } está en actividad desde hace un año.
       *[other] { $The } está en actividad desde hace { $years } años.
    }
    .sum = { $years ->
        [one] { $The } tiene un año de actividad.
       *[other] { $The } tiene { $years } años de actividad.
    }

## Ways to reach the business, as parts of a sentence

reach-phone = por teléfono al { $phone }
reach-whatsapp = por WhatsApp al { $whatsapp }
reach-both = por teléfono o WhatsApp al { $phone }
reach-email = por correo a { $email }
