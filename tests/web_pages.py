"""Pages in the structure of common systems, made from invented articles, whole or cut off by a paywall."""

import json
from dataclasses import dataclass, replace
from html import escape

CAPTION = "Workers inspect the damaged crane from a barge in an undated picture. Photo: Petra Lindqvist"
CREDIT = "Image credit Ostrow Picture Desk"
QUOTE_BOX = "“Nobody had told us that the water would come back so fast.”"
COMMENT = "I have lived on that street for forty years and never saw the water reach the steps before last night."
REPLY = "Same here, and my neighbour says that the pumps were switched off long before the storm arrived."
RELATED = "Ferry timetable changes anger the islands of the northern sound"
RELATED_TEASER = "Islanders say that the new timetable leaves them without a way home on Sundays during the winter."
POPULAR = "Ten walks along the coast for a long weekend"
NEWSLETTER = "Get our morning briefing in your inbox every weekday, written by our editors and free of charge."
COOKIES = "We and our 412 partners use cookies to store and access personal data such as your browsing habits."
CONSENT = "You can change your mind at any time by opening the privacy settings at the foot of every page."
BIO = "Mara Quill has reported on harbours and shipping since 2009 and lives in Oldmere with two dogs."
ADVERT = "The new Velland Estate: seven seats, one charge, no compromise. Book a test drive at your dealer today."
VIDEO = "Watch the moment the crane topples into the basin as tugs hurry to clear the channel."
FOOTER = "Copyright of all material on this site rests with the publisher and may not be reproduced."
TAGLINE = "Independent journalism for the coast since 1884"
LEAKS = (
    *(CAPTION, CREDIT, QUOTE_BOX, COMMENT, REPLY, RELATED, RELATED_TEASER, POPULAR, NEWSLETTER, COOKIES, CONSENT),
    *(BIO, ADVERT, VIDEO, FOOTER, TAGLINE, "Share on", "minute read", "Leave a reply", "Mara Quill |"),
)
GATES = (
    "To continue reading this article, subscribe today. Already a subscriber? Log in.",
    "This story is for subscribers only. Unlock it with a digital pass for 2 crowns a week.",
    "Subscribe to read the full article and support local reporting.",
)


@dataclass(frozen=True)
class Piece:
    """An invented article."""

    headline: str
    standfirst: str
    paragraphs: tuple[str, ...]
    outlet: str
    host: str
    slug: str
    published: str
    language: str = "en"
    gate: str = GATES[0]

    @property
    def url(self):
        return f"https://www.{self.host}/news/{self.slug}"


CRANE = Piece(
    "Harbour crane collapses in night storm",
    "Two workers were hurt when the largest crane of the port gave way shortly after midnight.",
    (
        "The largest crane in the port of Oldmere collapsed in a storm early on Tuesday and blocked the main basin.",
        "Two dock workers were taken to hospital with broken bones, the harbour authority said, and neither is in danger.",
        "“It sounded like a train leaving the rails,” said Ilka Brandt, who was on the night shift in the customs house.",
        "Gusts of 131 kilometres an hour had been measured at the lighthouse less than ten minutes before the collapse.",
        "It held.",
        "The crane, built in 1987, passed its last inspection in March, according to records that the port has published.",
        "The union of dock workers said that it had warned in writing of cracks in two of the four legs last autumn.",
        "The authority did not answer questions about that letter, and promised a report by the end of the month.",
        "Eleven ships are waiting outside the basin, among them a tanker with 4,000 tonnes of heating oil on board.",
        "Divers are to examine the wreck on Wednesday; the minister of transport, Jorun Aas, will visit in the afternoon.",
    ),
    "Oldmere Courier",
    "oldmerecourier.com",
    "harbour-crane-collapses-in-night-storm",
    "2026-03-03T06:40:00+01:00",
)
SCHOOL = Piece(
    "Council votes to close three village schools",
    "Parents had collected 6,200 signatures against the plan, which saves 1.9 million crowns a year.",
    (
        "The county council of Northfield voted by 23 to 18 on Thursday evening to close three village schools in summer.",
        "The 214 pupils of Harrow, Tenby Cross and Lower Ash will be taught in Northfield itself from September.",
        "Parents, who had collected 6,200 signatures, left the chamber in protest before the count was announced.",
        "“You have voted for buses, not for children,” shouted Tomas Wren, a father of three from Tenby Cross.",
        "The council expects to save 1.9 million crowns a year, most of it for repairs that have been put off since 2014.",
        "An audit commissioned by the opposition puts the saving at less than half of that sum once the buses are paid.",
        "Councillor Edda Pohl of the Farmers' List was the only member of the majority to vote against the closures.",
        "The parents' association said it would take the decision to the administrative court in Velland next week.",
        "Similar closures in the neighbouring county were overturned in 2022 because pupils had not been heard.",
    ),
    "The Northfield Post",
    "northfieldpost.co.uk",
    "council-votes-to-close-village-schools",
    "2026-05-14T21:15:30Z",
    gate=GATES[1],
)
VACCINE = Piece(
    "Clinic recalls 900 patients over spoiled vaccine",
    "A refrigerator stood open for a weekend, and nobody noticed for eleven days.",
    (
        "A clinic in Port Velland is asking 900 patients to come back because their vaccine may have been spoiled.",
        "A refrigerator had stood open for a whole weekend in January, the regional health office said on Friday.",
        "Its alarm had been switched off during repairs, and the mistake was noticed only eleven days afterwards.",
        "There is no danger to health, said the chief physician, Dr Samir Haddad, but protection may be too weak.",
        "Those affected will be called by telephone until Wednesday and can be vaccinated again without an appointment.",
        "The patients' council criticised that it had learned of the recall from a notice on the door of the clinic.",
        "Costs of some 38,000 crowns will be borne by the clinic, which has since bought two new refrigerators.",
        "In 2023 a practice in the same street had to repeat 140 vaccinations after a power cut of nine hours.",
    ),
    "Velland Today",
    "vellandtoday.net",
    "clinic-recalls-900-patients-spoiled-vaccine",
    "2026-01-30T09:05:00-05:00",
    gate=GATES[2],
)
PIECES = (CRANE, SCHOOL, VACCINE)

GERMAN = Piece(
    "Brücke bei Altenrode nach Riss gesperrt",
    "Pendler müssen bis zum Herbst einen Umweg von 40 Minuten fahren.",
    (
        "Die Talbrücke bei Altenrode ist seit Montagmorgen für den gesamten Verkehr gesperrt, teilte das Land mit.",
        "Bei einer Prüfung hatten Fachleute einen Riss von drei Metern Länge an einem der Träger entdeckt.",
        "Täglich nutzen rund 19.000 Fahrzeuge die Strecke; der Umweg über Weißensee dauert etwa 40 Minuten.",
        "„Sicherheit geht vor“, sagte Verkehrsministerin Änne Hölzer, die einen Neubau bis 2029 in Aussicht stellte.",
        "Die Handelskammer rechnet mit Verlusten von sechs Millionen Euro im Monat für die Betriebe der Region.",
        "Der Landkreis will ab kommender Woche zusätzliche Züge bestellen und hat dafür Hilfe vom Bund verlangt.",
    ),
    "Altenroder Anzeiger",
    "altenroder-anzeiger.de",
    "bruecke-altenrode-gesperrt",
    "2026-04-20T08:12:00+02:00",
    "de",
    "Weiterlesen mit unserem Digitalabo: Dieser Artikel ist nur für Abonnenten.",
)
FRENCH = Piece(
    "Incendie à la verrerie de Saint-Orlan",
    "Quarante salariés ont été évacués et la production est arrêtée jusqu'à nouvel ordre.",
    (
        "Un incendie a détruit dans la nuit de samedi à dimanche une partie de la verrerie de Saint-Orlan.",
        "Quarante salariés ont été évacués, et deux pompiers légèrement blessés ont été conduits à l'hôpital.",
        "Le feu serait parti d'un four rallumé la veille après trois semaines de travaux, selon la préfecture.",
        "« Nous avons tout perdu en une heure », a déclaré le directeur, Élie Vasseur, venu constater les dégâts.",
        "La production est arrêtée jusqu'à nouvel ordre, et le chômage partiel a été demandé pour 210 personnes.",
        "Une enquête a été ouverte ; les experts de l'assurance sont attendus mardi matin sur le site.",
    ),
    "Le Phare de Saint-Orlan",
    "lephare-saintorlan.fr",
    "incendie-verrerie-saint-orlan",
    "2026-02-15T10:30:00+01:00",
    "fr",
    "Pour lire la suite, abonnez-vous. Article réservé aux abonnés.",
)
RUSSIAN = Piece(
    "В Новоречье остановили паромную переправу",
    "Жители левого берега добираются до города в объезд.",
    (
        "Паромную переправу в Новоречье закрыли во вторник из-за рекордно низкого уровня воды в реке.",
        "По данным администрации, за сутки переправой пользовались около двух тысяч человек.",
        "Жители левого берега теперь добираются до города в объезд, и дорога занимает полтора часа.",
        "«Обещают открыть к июлю, но верится с трудом», — сказала учительница Анна Ветрова.",
        "Строительство моста, начатое пять лет назад, остановлено до решения суда по иску подрядчика.",
    ),
    "Новореченский вестник",
    "novorech-vestnik.ru",
    "parom",
    "2026-06-02T12:00:00+03:00",
    "ru",
    "Продолжение только для подписчиков. Читать далее можно после оплаты.",
)
ARABIC = Piece(
    "إغلاق ميناء الصفا بعد عاصفة رملية",
    "السلطات تتوقع استئناف الملاحة مساء الخميس.",
    (
        "أغلقت السلطات ميناء الصفا يوم الأربعاء بعد عاصفة رملية شديدة حجبت الرؤية عن السفن في القناة.",
        "وقالت إدارة الميناء إن ثماني سفن تنتظر خارج الحوض، ولم تسجل أي إصابات بين العمال.",
        "وأضاف المدير سالم الحداد أن الملاحة ستستأنف مساء الخميس إذا تحسنت الأحوال الجوية.",
        "وكانت عاصفة مماثلة قد أوقفت العمل في الميناء ثلاثة أيام في شهر مارس من العام الماضي.",
        "وطالب اتحاد التجار بتعويض أصحاب البضائع التي تلفت على الأرصفة بسبب تأخر التفريغ.",
    ),
    "صحيفة الصفا",
    "alsafa-daily.com",
    "mina-alsafa",
    "2026-04-08T18:20:00+04:00",
    "ar",
)
HEBREW = Piece(
    "גשר הולכי הרגל בנווה אלון נסגר לתיקונים",
    "העירייה מבטיחה לפתוח אותו לפני שנת הלימודים.",
    (
        "גשר הולכי הרגל בנווה אלון נסגר ביום ראשון לאחר שמהנדסים מצאו סדקים בשני עמודים.",
        "כאלף ומאתיים תלמידים חוצים את הגשר בכל יום בדרכם לבית הספר, כך לפי נתוני העירייה.",
        "ראש העירייה, דנה שקד, אמרה כי העבודות יימשכו עשרה שבועות ויעלו שלושה מיליון שקלים.",
        "ועד ההורים דרש להציב שוטר בצומת הסמוך עד שהגשר ייפתח מחדש.",
        "הגשר נבנה בשנת 1994 ולא עבר שיפוץ יסודי מאז, לפי דוח של מבקר העירייה.",
    ),
    "קול נווה אלון",
    "kol-navealon.co.il",
    "gesher",
    "2026-07-05T07:45:00+03:00",
    "he",
)
PERSIAN = Piece(
    "قطار شهری مهرآباد از کار افتاد",
    "هزاران مسافر ساعت‌ها در ایستگاه‌ها ماندند.",
    (
        "قطار شهری مهرآباد صبح دوشنبه به دلیل قطع برق در سه ایستگاه از کار افتاد و خط اصلی بسته شد.",
        "به گفته شهرداری حدود شش هزار مسافر در ایستگاه‌ها ماندند و کسی آسیب ندید.",
        "مدیر خط، رضا کیانی، گفت که کابل اصلی در جریان حفاری یک شرکت ساختمانی بریده شده است.",
        "قرار است رفت و آمد قطارها از ساعت شش عصر به حالت عادی برگردد.",
        "شورای شهر خواستار بررسی مجوز حفاری شد و از شرکت خسارت خواهد گرفت.",
    ),
    "روزنامه مهر",
    "mehr-rooz.com",
    "ghatar",
    "2026-08-10T11:10:00+03:30",
    "fa",
)

NAV = (
    '<nav class="main-nav"><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li>'
    '<li><a href="/opinion">Opinion</a></li><li><a href="/jobs">Jobs</a></li></ul></nav>'
)


def paragraphs(piece, cut, *, tag="p", attributes="", every=()):
    """Write a piece's paragraphs; `every` are boxes that stand between them, from the second on."""
    shown = piece.paragraphs[:2] if cut else piece.paragraphs
    boxes = iter(every)
    out = []
    for number, text in enumerate(shown):
        out.append(f"<{tag}{attributes}>{escape(text, quote=False)}</{tag}>")
        if number:
            out.append(next(boxes, ""))
    return "\n".join(out + ([] if cut else list(boxes)))


def graph(piece, *, kind="NewsArticle", free=None, selector=None, **more):
    """Write a piece's structured data."""
    article = {
        "@type": kind,
        "headline": piece.headline,
        "datePublished": piece.published,
        "dateModified": "2026-11-11T11:11:11Z",
        "author": {"@type": "Person", "name": "Mara Quill"},
        "publisher": {"@type": "Organization", "name": piece.outlet},
        "mainEntityOfPage": {"@type": "WebPage", "@id": piece.url},
        **more,
    }
    if free is not None:
        article["isAccessibleForFree"] = free
    if selector:
        article["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": selector}
    content = json.dumps({"@context": "https://schema.org", **article}, ensure_ascii=False)
    return f'<script type="application/ld+json">{content}</script>'


def head(piece, *more, site=True, title=None, canonical=True, published=True, modified=True):
    """Write a page's head."""
    lines = [f"<title>{escape(title or f'{piece.headline} | {piece.outlet}')}</title>", '<meta charset="utf-8">']
    lines += [
        f'<meta property="og:title" content="{escape(piece.headline)}">',
        '<meta property="og:type" content="article">',
    ]
    if site:
        lines.append(f'<meta property="og:site_name" content="{escape(piece.outlet)}">')
    if canonical:
        lines.append(f'<link rel="canonical" href="{piece.url}">')
    if published:
        lines.append(f'<meta property="article:published_time" content="{piece.published}">')
    if modified:
        lines.append('<meta property="article:modified_time" content="2026-11-11T11:11:11+00:00">')
    return "<head>" + "\n".join([*lines, *more]) + "</head>"


def page(piece, top, body, *, html="", of=""):
    return f'<!DOCTYPE html>\n<html lang="{piece.language}"{html}>{top}<body{of}>{body}</body></html>'.encode()


def day(piece):
    return piece.published[:10]


def wordpress_classic(piece, cut):
    share = (
        '<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a>Share on Mastodon</a>'
        f'</li></ul></div><div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3><p>{RELATED_TEASER}</p></div>'
    )
    caption = f'<div id="attachment_9" class="wp-caption alignright"><img src="a.jpg"><p class="wp-caption-text">{CAPTION}</p></div>'
    gate = f'<div class="mepr-unauthorized-message paywall"><p>{piece.gate}</p></div>' if cut else ""
    free = '<div class="paywall" style="display:none"><p>To continue reading, log in.</p></div>'
    return page(
        piece,
        head(piece, '<meta name="generator" content="WordPress 6.4">'),
        f"""<div id="page" class="hfeed site"><header id="masthead" class="site-header"><h1 class="site-title"><a href="/">
{piece.outlet}</a></h1><h2 class="site-description">{TAGLINE}</h2>{NAV}</header><div id="main" class="wrapper">
<div id="primary" class="site-content"><div id="content" role="main">
<article id="post-881" class="post-881 post type-post format-standard hentry category-news tag-gallery tag-share">
<header class="entry-header"><h1 class="entry-title">{piece.headline}</h1><div class="entry-meta">Posted on
<time class="entry-date published" datetime="{piece.published}">{day(piece)}</time><time class="updated"
 datetime="2026-11-11T11:11:11+00:00">later</time> by <span class="author vcard">Mara Quill</span></div></header>
<div class="entry-content"><p><strong>{piece.standfirst}</strong></p>{paragraphs(piece, cut, every=(caption,))}
{gate}{free}{share}</div><footer class="entry-meta">This entry was posted in <a>News</a> and tagged <a>storm</a>.</footer>
</article><nav class="nav-single"><a>{RELATED}</a></nav><div id="comments" class="comments-area"><h2 class="comments-title">
2 thoughts</h2><ol class="commentlist"><li class="comment"><article><p>{COMMENT}</p></article></li><li class="comment">
<p>{REPLY}</p></li></ol><div id="respond"><h3>Leave a reply</h3><form><textarea></textarea></form></div></div></div></div>
<div id="secondary" class="widget-area"><aside class="widget widget_recent_entries"><ul><li><a>{POPULAR}</a></li></ul>
</aside><aside class="widget widget_text"><div class="textwidget"><p>{NEWSLETTER}</p></div></aside></div></div>
<footer id="colophon"><div class="site-info">{FOOTER}</div></footer></div>""",
        of=' class="single single-post single-format-gallery comments-open has-sidebar"',
    )


def wordpress_block(piece, cut):
    boxes = (
        f'<figure class="wp-block-image size-large"><img src="x.webp"><figcaption class="wp-element-caption">{CAPTION}'
        "</figcaption></figure>",
        f'<figure class="wp-block-pullquote"><blockquote><p>{QUOTE_BOX}</p><cite>A resident</cite></blockquote></figure>',
        f'<div class="wp-block-jetpack-subscriptions wp-block-group newsletter-signup"><p>{NEWSLETTER}</p><form><input '
        'type="email"><button>Subscribe</button></form></div>',
        f'<div class="wp-block-embed is-type-video wp-block-embed-youtube"><p class="video-title">{VIDEO}</p></div>',
    )
    gate = (
        '<div class="wp-block-premium-content-container"><div class="wp-block-premium-content-logged-out-view">'
        f"<p>{piece.gate}</p></div></div>"
        if cut
        else ""
    )
    return page(
        piece,
        head(piece, graph(piece, free=not cut), published=False),
        f"""<div class="wp-site-blocks"><header class="wp-block-template-part"><div class="wp-block-group">{NAV}</div></header>
<main class="wp-block-group is-layout-flow"><h1 class="wp-block-post-title">{piece.headline}</h1>
<p class="wp-block-post-excerpt__excerpt">{piece.standfirst}</p>
<div class="wp-block-post-date"><time datetime="{piece.published}">{day(piece)}</time></div>
<div class="entry-content wp-block-post-content is-layout-constrained">{paragraphs(piece, cut, every=boxes)}{gate}</div>
<div class="wp-block-post-author__bio"><p>{BIO}</p></div>
<div class="wp-block-group"><h3>More posts</h3><ul class="wp-block-latest-posts__list wp-block-latest-posts"><li><a>{RELATED}</a>
<div class="wp-block-latest-posts__post-excerpt">{RELATED_TEASER}</div></li></ul></div>
<div class="wp-block-comments"><ol class="wp-block-comment-template"><li><div class="wp-block-comment-content"><p>{COMMENT}
</p></div></li></ol></div></main><footer class="wp-block-template-part"><p>{FOOTER}</p></footer></div>""",
        of=' class="post-template-default single wp-embed-responsive"',
    )


def drupal(piece, cut):
    gate = f'<div class="field field--name-field-paywall regwall-prompt"><p>{piece.gate}</p></div>' if cut else ""
    return page(
        piece,
        head(piece, '<meta name="Generator" content="Drupal 10">', published=False),
        f"""<div class="dialog-off-canvas-main-canvas"><div class="layout-container"><header role="banner">
<div class="region region-header">{NAV}</div></header><main role="main"><div class="layout-content"><div class="region
 region-content"><div id="block-page-title" class="block"><h1 class="page-title"><span class="field field--name-title">
{piece.headline}</span></h1></div><article role="article" class="node node--type-article node--view-mode-full">
<footer class="node__meta"><div class="node__submitted">Submitted by <span>Mara Quill</span> on <span><time
 datetime="{piece.published}" title="later">{day(piece)}</time></span></div></footer><div class="node__content clearfix">
<div class="field field--name-field-intro field--type-text-long"><p>{piece.standfirst}</p></div>
<div class="field field--name-field-image"><img src="x"><div class="field field--name-field-caption">{CAPTION}</div></div>
<div class="clearfix text-formatted field field--name-body field--type-text-with-summary field__item">
{paragraphs(piece, cut)}</div>{gate}<div class="field field--name-field-tags"><div class="field__label">Tags</div><a>storm</a>
</div><section class="field field--name-comment comment-wrapper"><h2>Comments</h2><article class="comment js-comment"><div
 class="comment__content"><p>{COMMENT}</p><p>{REPLY}</p></div></article></section></div></article></div></div>
<aside class="layout-sidebar-second" role="complementary"><div class="views-element-container block"><h2>Most read</h2><div
 class="views-row"><h3><a>{POPULAR}</a></h3><p>{RELATED_TEASER}</p></div></div></aside></main><footer role="contentinfo"><p>
{FOOTER}</p></footer></div></div>""",
    )


def ghost(piece, cut):
    boxes = (
        f'<figure class="kg-card kg-image-card kg-card-hascaption"><img src="x"><figcaption>{CAPTION}</figcaption></figure>',
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="/x"><div class="kg-bookmark-title">'
        f'{RELATED}</div><div class="kg-bookmark-description">{RELATED_TEASER}</div></a></figure>',
        f'<div class="kg-card kg-signup-card"><p class="kg-signup-card-subheading">{NEWSLETTER}</p></div>',
    )
    gate = (
        f'<aside class="gh-post-upgrade-cta"><div class="gh-post-upgrade-cta-content paywall"><h2>{piece.gate}</h2>'
        '<a class="gh-btn">Subscribe now</a></div></aside>'
        if cut
        else ""
    )
    return page(
        piece,
        head(piece, graph(piece, kind="Article"), '<meta name="generator" content="Ghost 5.82">', site=False),
        f"""<div class="gh-viewport"><header class="gh-navigation">{NAV}</header><main class="gh-main"><article
 class="gh-article post tag-news"><header class="gh-article-header"><h1 class="gh-article-title">{piece.headline}</h1>
<p class="gh-article-excerpt">{piece.standfirst}</p><div class="gh-article-meta"><h4 class="gh-article-author-name">Mara Quill
</h4><time datetime="{day(piece)}">{day(piece)}</time><span class="gh-article-meta-length">4 minute read</span></div></header>
<section class="gh-content gh-canvas">{paragraphs(piece, cut, every=boxes)}{gate}</section></article><div class="gh-comments">
<p>{COMMENT}</p></div></main><section class="gh-container is-grid"><h2>Read more</h2><div class="gh-feed"><article class="gh-card
 post"><a><h3 class="gh-card-title">{RELATED}</h3><p class="gh-card-excerpt">{RELATED_TEASER}</p></a></article></div></section>
<footer class="gh-footer"><h2 class="gh-footer-signup-header">{TAGLINE}</h2><p>{FOOTER}</p></footer></div>""",
    )


def amp(piece, cut):
    granted = f'<section subscriptions-section="content">{paragraphs(piece, False)}</section>'
    denied = (
        f'{paragraphs(piece, True)}<section class="paywall locked" subscriptions-section="content-not-granted"><p>{piece.gate}</p>'
        "</section>"
    )
    data = graph(piece, free=False, selector=".paywall") if cut else graph(piece)
    return page(
        piece,
        head(piece, data, '<script async src="https://cdn.ampproject.org/v0.js"></script>'),
        f"""<amp-consent layout="nodisplay" id="consent"><div id="ui"><p>{COOKIES}</p></div></amp-consent><amp-sidebar
 layout="nodisplay">{NAV}</amp-sidebar><header class="top-bar"><a href="/">{piece.outlet}</a></header><main><article
 class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{piece.headline}</h1><div
 class="amp-wp-meta amp-wp-byline">Mara Quill | <time datetime="{piece.published}">today</time></div></header>
<div class="amp-wp-article-content"><h2 class="standfirst">{piece.standfirst}</h2><amp-img src="x" width="1" height="1">
</amp-img><figcaption>{CAPTION}</figcaption><amp-ad><p>{ADVERT}</p></amp-ad>{denied if cut else granted}</div>
<div class="amp-social-share-bar"><amp-social-share type="email">Share on mail</amp-social-share></div></article></main>
<amp-list class="related-articles"><p>{RELATED_TEASER}</p></amp-list><footer class="amp-wp-footer"><p>{FOOTER}</p></footer>""",
        html=" amp",
    )


def json_heavy(piece, cut):
    others = [
        {
            "@type": "NewsArticle",
            "headline": RELATED,
            "datePublished": "2020-02-02T02:02:02Z",
            "url": "https://elsewhere.example/other",
            "publisher": {"@type": "Organization", "name": "Somebody Else"},
        }
    ]
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": piece.outlet, "url": f"https://www.{piece.host}/"},
            {"@type": "ItemList", "itemListElement": others},
            *others,
            {
                "@type": ["NewsArticle", "ReportageNewsArticle"],
                "headline": piece.headline,
                "datePublished": piece.published,
                "mainEntityOfPage": piece.url,
                "wordCount": len(" ".join(piece.paragraphs).split()),
                "isAccessibleForFree": "False",
                "publisher": {"@id": "#org"},
                "hasPart": [
                    {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".c-article__locked"}
                ],
            },
        ],
    }
    rest = (
        ""
        if cut
        else paragraphs(replace(piece, paragraphs=piece.paragraphs[2:]), False, tag="div", attributes=' class="t"')
    )
    return page(
        piece,
        head(piece, f'<script type="application/ld+json">{json.dumps(data)}</script>', site=False, published=False),
        f"""<div class="flex min-h-screen flex-col"><div class="sticky top-0 z-50">{NAV}</div><div class="container mx-auto
 px-4"><div class="grid grid-cols-12 gap-8"><div class="col-span-8"><h1 class="text-4xl font-bold">{piece.headline}</h1>
<p class="text-xl c-article__standfirst">{piece.standfirst}</p><p class="c-byline">By Mara Quill | 3 minute read</p>
<div class="c-article__body">{paragraphs(piece, True)}<div class="c-article__locked">{rest}</div></div>
<div class="c-share">Share on mail</div></div><div class="col-span-4 c-related"><h2>Related</h2><p>{RELATED_TEASER}</p>
<div class="c-newsletter"><p>{NEWSLETTER}</p></div></div></div></div><div class="c-footer">{FOOTER}</div></div>""",
    )


def next_app(piece, cut):
    props = {
        "props": {"pageProps": {"related": [{"title": RELATED, "body": RELATED_TEASER}], "flags": {"paywall": True}}}
    }
    gate = (
        f'<div class="Paywall_container__x7Gh2" data-testid="paywall"><div class="Paywall_inner__q1"><h3>{piece.gate}</h3></div></div>'
        if cut
        else ""
    )
    fade = '<div class="Article_fade__Zk1"></div>' if cut else ""
    ad = f'<div class="AdSlot_ad__k3J2x" data-testid="ad-slot"><span>Advertisement</span><p>{ADVERT}</p></div>'
    return page(
        piece,
        head(piece, graph(piece, free=False)),
        f"""<div id="__next"><div class="Layout_wrapper__3kPq1"><header class="Header_header__2">{NAV}</header><main
 class="Layout_main__a8"><article class="Article_article__9s"><div class="Article_header__2w"><h1 class="Article_headline__1">
{piece.headline}</h1><p class="Article_dek__5f">{piece.standfirst}</p><div class="Byline_byline__8d">By <a>Mara Quill</a>
<time datetime="{piece.published}">today</time></div></div><figure class="Image_figure__1"><img src="x"><figcaption
 class="Image_caption__2">{CAPTION}</figcaption><span class="Image_credit__3">{CREDIT}</span></figure>
<div class="Article_body__x1Yz">{paragraphs(piece, cut, attributes=' class="Paragraph_p__1"', every=(ad,))}{fade}{gate}</div>
<div class="ShareBar_share__1"><button>Share on mail</button></div></article><section class="RelatedStories_related__1"><h2>
More stories</h2><a href="/x"><h3>{RELATED}</h3><p>{RELATED_TEASER}</p></a></section></main><footer><p>{FOOTER}</p></footer>
</div></div><script id="__NEXT_DATA__" type="application/json">{json.dumps(props)}</script>""",
    )


def tag_soup(piece, cut):
    lines = "\n<P>".join([piece.standfirst, *(piece.paragraphs[:2] if cut else piece.paragraphs)])
    gate = f"<DIV CLASS=paywall><B>{piece.gate}</B></DIV>" if cut else ""
    return f"""<HTML LANG={piece.language}><HEAD><TITLE>{piece.headline} - {piece.outlet}</TITLE>
<META NAME="application-name" CONTENT="{piece.outlet}"><META NAME=pubdate CONTENT="{piece.published}">
<LINK REL=canonical HREF="{piece.url}"></HEAD><BODY BGCOLOR=white><DIV CLASS=menu><A HREF=/>Home</A> <A HREF=/s>Sport</A></DIV>
<DIV CLASS=article><H1>{piece.headline}</H1><FONT SIZE=2 CLASS=byline>By Mara Quill | staff</FONT>
<P>{lines}
{gate}<BR><DIV CLASS=related><B>Related:</B><UL><LI><A HREF=/a>{RELATED}</A><LI>{RELATED_TEASER}</UL></DIV></DIV></CENTER></FONT>
<DIV CLASS=footer>{FOOTER}<P></BODY>""".encode()


def layout_table(piece, cut):
    text = "<br><br>".join([piece.standfirst, *(piece.paragraphs[:2] if cut else piece.paragraphs)])
    gate = f'<br><br><span class="subscribers-lock">{piece.gate}</span>' if cut else ""
    return f"""<html><head><title>{piece.outlet}: {piece.headline}</title><meta http-equiv="Content-Type"
 content="text/html; charset=utf-8"><meta name="DC.date.issued" content="{piece.published}"></head><body><table width="100%"
 role="presentation"><tr><td colspan="3" class="header"><a href="/">{piece.outlet}</a> | {TAGLINE}</td></tr><tr><td width="150"
 class="leftnav"><a href="/1">Home</a><br><a href="/2">Shipping</a><br><a href="/3">Weather</a></td><td class="story"><h1>
{piece.headline}</h1><font face="serif">{text}{gate}</font></td><td width="180" class="sidebar"><b>Most read</b><br><a>{POPULAR}</a>
<br>{NEWSLETTER}</td></tr><tr><td colspan="3" class="footer">{FOOTER}</td></tr></table></body></html>""".encode()


def live_page(piece, cut):
    zone = piece.published[19:]
    times = [f"{day(piece)}T{20 - number:02}:05:00{zone}" for number in range(len(piece.paragraphs))]
    posts = list(zip(piece.paragraphs, times, strict=True))[: 3 if cut else None]
    updates = [
        {"@type": "BlogPosting", "headline": f"Update {t[11:16]}", "datePublished": t, "articleBody": p}
        for p, t in posts
    ]
    shown = "".join(
        f'<article class="live-post block" id="b{number}"><header><time datetime="{time}">{time[11:16]}</time><h2 '
        f'class="block-title">What we know at this hour</h2></header><div class="block-elements"><p>{text}</p></div><div '
        'class="block-share">Share on mail</div></article>'
        for number, (text, time) in enumerate(posts)
    )
    gate = f'<div class="live-gate paywall"><p>{piece.gate}</p></div>' if cut else ""
    return page(
        piece,
        head(piece, graph(piece, kind="LiveBlogPosting", liveBlogUpdate=updates)),
        f"""{NAV}<main class="liveblog"><h1>{piece.headline}</h1><div class="standfirst"><p>{piece.standfirst}</p></div>
<div class="key-events timestamp"><ul><li><a>12.04 Crane down</a></li></ul></div><div class="liveblog-posts">{shown}{gate}</div>
</main><aside><p>{RELATED_TEASER}</p></aside><footer>{FOOTER}</footer>""",
    )


@dataclass(frozen=True)
class Update:
    """An invented post of a live blog; its time is in UTC."""

    title: str
    hour: int
    text: str

    @property
    def time(self):
        return f"2026-03-03T{self.hour:02}:05:00Z"

    @property
    def local(self):
        return f"2026-03-03T{self.hour + 1:02}:05:00+01:00"

    @property
    def anchor(self):
        return f"post-{self.hour}00"


UPDATES = tuple(  # newest first, as pages show them
    Update(f"Report {number}", 20 - number, text) for number, text in enumerate(CRANE.paragraphs, start=1)
)
SUMMARY = "Two hurt, eleven ships waiting: what has happened so far in the port of Oldmere."


def live_data(**more):
    posts = [
        {
            "@type": "BlogPosting",
            "headline": one.title,
            "datePublished": one.local,
            "articleBody": one.text,
            "url": f"{CRANE.url}#{one.anchor}",
        }
        for one in UPDATES
    ]
    return graph(CRANE, kind="LiveBlogPosting", liveBlogUpdate=posts, **more)


def live_around(posts, *top):
    summary = f'<section class="key-moments"><h2>Key moments</h2><p>{SUMMARY}</p><ul><li>{UPDATES[0].text}</li></ul></section>'
    return page(
        CRANE,
        head(CRANE, *top),
        f"""{NAV}<main class="live"><header><h1>{CRANE.headline}</h1><p class="standfirst">{CRANE.standfirst}</p></header>{summary}
{posts}</main><aside><p>{RELATED_TEASER}</p></aside><footer>{FOOTER}</footer>""",
    )


def live_stated():
    """Posts that the structured data alone holds."""
    return live_around("", live_data())


def live_blocks():
    """Articles with an id, a time in a link to it, adverts between them, and one that holds only a picture."""
    posts = "".join(
        f'<article id="{one.anchor}" class="block"><header><a href="#{one.anchor}" class="timestamp"><time class="timestamp" '
        f'datetime="{one.local}">now</time></a><h2>{one.title}</h2><div class="byline">Mara Quill</div></header>'
        f'<div class="block-elements"><p>{one.text}</p></div></article><div class="ad"><p>{ADVERT}</p></div>'
        for one in UPDATES
    )
    picture = f'<article id="p" class="block"><time datetime="2026-03-03T23:00Z">x</time><figure><img src="a.jpg"><figcaption>{CAPTION}</figcaption></figure></article>'
    return live_around(f'<div class="liveblog">{picture}{posts}</div>', live_data())


def live_wordpress():
    """The list of a live blog in WordPress, with the first post pinned above it once more."""
    entry = (
        '<div class="liveblog-entry" id="{0.anchor}"><div class="liveblog-meta"><time datetime="{0.local}">now</time></div>'
        '<h2 class="liveblog-entry-title">{0.title}</h2><div class="liveblog-entry-content"><p>{0.text}</p></div></div>'
    )
    posts = "".join(entry.format(one) for one in UPDATES)
    pinned = entry.format(UPDATES[0])
    return live_around(f'<div class="liveblog-pinned">{pinned}</div><div id="wpcom-liveblog-container">{posts}</div>')


def live_days():
    """Items of a list, by day, oldest first, in which a post quotes the one before."""
    posts = [
        f'<li class="live-post" id="{one.anchor}"><time datetime="{one.time}">now</time><h3>{one.title}</h3><p>{one.text}</p>'
        f"<blockquote><p>{before.text}</p></blockquote></li>"
        for one, before in zip(UPDATES[::-1], UPDATES[:1] + UPDATES[:0:-1], strict=True)
    ]
    days = "".join(f'<ol class="day">{"".join(some)}</ol>' for some in (posts[:4], posts[4:]))
    return live_around(f'<div class="live-feed">{days}</div>')


def live_amp():
    """The list of an AMP page, with times in milliseconds."""
    posts = "".join(
        f'<div id="{one.anchor}" data-sort-time="{1772496300000 + 3600000 * one.hour}"><h2>{one.title}</h2><p>{one.text}</p></div>'
        for one in UPDATES
    )
    return live_around(f'<amp-live-list id="l" data-poll-interval="15000"><div items>{posts}</div></amp-live-list>')


def live_sections():
    """Sections whose times have no zone, while the structured data has one and another text."""
    posts = "".join(
        f'<section class="update" data-testid="post" id="{one.anchor}"><time datetime="{one.local[:16]}">now</time><h2>'
        f"{one.title}</h2><p>{one.text}</p></section>"
        for one in UPDATES
    )
    return live_around(posts, live_data().replace("The ", "An older "))


LIVE_BLOGS = (live_stated, live_blocks, live_wordpress, live_days, live_amp, live_sections)


def gallery(piece, cut):
    slides = "".join(
        f'<li class="gallery__slide"><figure><img src="{n}.jpg"><figcaption><p>{CAPTION}</p></figcaption></figure></li>'
        for n in range(6)
    )
    gate = f'<div class="o-gate" id="register-wall"><div class="regwall"><p>{piece.gate}</p></div></div>' if cut else ""
    return page(
        piece,
        head(piece, graph(piece), canonical=True),
        f"""{NAV}<main id="content"><article class="story story--gallery"><h1 class="story__title">{piece.headline}</h1><p
 class="story__deck">{piece.standfirst}</p><div class="photo-gallery"><ul class="gallery__list">{slides}</ul><p
 class="gallery__credit">{CREDIT}</p></div><div class="story__text">{paragraphs(piece, cut)}</div>{gate}<div
 class="story__lightbox lightbox"><p>{CAPTION}</p></div></article></main><div class="footer-wrap"><p>{FOOTER}</p></div>""",
    )


def cookie_banner(piece, cut):
    wall = (
        '<div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk" class="otFlat" role="dialog"><h2>Your privacy</h2>'
        f"<p>{COOKIES}</p><p>{CONSENT}</p>" + f"<p>{COOKIES}</p>" * 12 + "<button>Accept all</button></div></div>"
        '<div class="qc-cmp2-container"><div class="qc-cmp2-summary"><p>' + COOKIES + "</p></div></div>"
    )
    gate = f'<div class="piano-offer" id="piano-inline"><h3>{piece.gate}</h3></div>' if cut else ""
    offer = f'<div class="subscription-banner"><p>{NEWSLETTER}</p></div>'
    return page(
        piece,
        head(piece, '<meta name="application-name" content="' + escape(piece.outlet) + '">', site=False),
        f"""{wall}<div class="site">{NAV}<div class="content-well"><div class="headline-group"><h1 itemprop="headline">
{piece.headline}</h1><div class="subhead">{piece.standfirst}</div></div><div class="article-text">
{paragraphs(piece, cut, every=(offer,))}{gate}</div></div><div class="site-footer">{FOOTER}</div></div>""",
    )


def foreign(piece, cut):
    charset = {"ru": "windows-1251", "de": "iso-8859-1"}.get(piece.language, "utf-8")
    labels = {
        "de": ("Lesen Sie auch", "Anzeige"),
        "fr": ("Lire aussi", "Publicité"),
        "ru": ("Читайте также", "Реклама"),
    }
    also, advert = labels[piece.language]
    boxes = (
        f'<p class="inline-link"><strong>{also}: </strong><a href="/x">{RELATED}</a></p>',
        f"<p>{advert}</p>",
        f'<div class="werbung ad-container"><p>{ADVERT}</p></div>',
    )
    gate = f'<div class="paywall-box"><p>{piece.gate}</p></div>' if cut else ""
    text = page(
        piece,
        head(piece, f'<meta property="og:locale" content="{piece.language}_{piece.language.upper()}">'),
        f"""{NAV}<main><article><header><h1>{piece.headline}</h1><p class="vorspann">{piece.standfirst}</p></header>
{paragraphs(piece, cut, every=boxes)}{gate}</article><section class="comments" id="comments"><p>{COMMENT}</p></section></main>
<footer>{FOOTER}</footer>""",
    ).decode()
    return text.replace('charset="utf-8"', f'charset="{charset}"').encode(
        "cp1252" if charset.startswith("iso") else charset
    )


def right_to_left(piece, cut):
    data = graph(piece, free=False, selector=".article-rest") if cut else graph(piece)
    shown = paragraphs(piece, cut)
    rest = '<div class="article-rest"></div>' if cut else ""
    return page(
        piece,
        head(piece, data),
        f"""{NAV}<div class="container"><div class="article-page"><h1>{piece.headline}</h1><h2 class="sub-title subtitle">
{piece.standfirst}</h2><div class="article-info"><span class="date">8/4</span></div><div class="article-body" id="article-body">
{shown}{rest}</div><div class="article-tags tags"><a>port</a></div></div><div class="most-read"><p>{RELATED_TEASER}</p></div>
</div><footer>{FOOTER}</footer>""",
        html=' dir="rtl"',
    )


def print_page(piece, cut):
    gate = f'<div class="print-lock paywall-print"><p>{piece.gate}</p></div>' if cut else ""
    return page(
        piece,
        head(piece, '<meta name="robots" content="noindex">', site=False, modified=False),
        f"""<div class="print-header"><p class="print-only">Printed from {piece.url}</p></div><div class="print-article"><h1>
{piece.headline}</h1><p class="lead">{piece.standfirst}</p>{paragraphs(piece, cut)}{gate}</div><div class="print-footer"><p>
{FOOTER}</p></div>""",
    )


def fragment(piece, cut):
    gate = f'<div class="locked-content"><p>{piece.gate}</p></div>' if cut else ""
    return f"""<h1>{piece.headline}</h1>
<time pubdate datetime="{piece.published}">today</time>
<p>{piece.standfirst}</p>
{paragraphs(piece, cut)}
{gate}<figure><img src="x"><figcaption>{CAPTION}</figcaption></figure>
<ul class="share-buttons"><li><a>Share on mail</a></li></ul>
""".encode()


def column_page(piece, cut):
    half = (len(piece.paragraphs) + 1) // 2
    first, second = (
        replace(piece, paragraphs=piece.paragraphs[:half]),
        replace(piece, paragraphs=piece.paragraphs[half:]),
    )
    ad = f'<div id="story-ad-1-wrapper" class="css-142l3g4"><div class="ad css-u5vfum"><p>Advertisement</p><p>{ADVERT}</p></div></div>'
    column = '<div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8">'
    more = "" if cut else f"{ad}{column}{paragraphs(second, False)}</div></div>"
    gate = (
        f'<div id="gateway-content" class="css-gate gateway"><div data-testid="inline-message"><p>{piece.gate}</p></div></div>'
        if cut
        else ""
    )
    rail = f'<div class="css-13o6u42 RelatedCoverage related-links-block"><h2>Related</h2><a>{RELATED}</a><p>{RELATED_TEASER}</p></div>'
    return page(
        piece,
        head(piece, graph(piece, free=False, selector=".meteredContent"), site=True),
        f"""<div id="app">{NAV}<main id="site-content"><div class="css-1n"><article id="story" class="css-1vxca1d"><header
 class="css-1mnrpln"><h1 id="link-4" class="css-88wicj" data-testid="headline">{piece.headline}</h1><p id="article-summary"
 class="css-79elbk">{piece.standfirst}</p></header><div data-testid="imageblock-wrapper"><figure><figcaption
 data-testid="photoviewer-children-caption"><span class="css-jevhma">{CAPTION}</span></figcaption></figure></div><section
 name="articleBody" class="meteredContent css-1r7ky0e">{column}{paragraphs(first, cut)}</div></div>{gate}{more}</section>
<div class="bottom-of-article"><p class="css-bio author-bio">{BIO}</p></div></article>{rail}</div></main><footer>{FOOTER}</footer>
</div>""",
    )


def islands(piece, cut):
    boxes = (
        f'<gu-island name="NewsletterSignup"><aside class="dcr-n"><p>{NEWSLETTER}</p></aside></gu-island>',
        f'<aside data-component="rich-link" class="dcr-r"><h4>Read more</h4><a>{RELATED}</a></aside>',
        f'<aside class="dcr-pq"><blockquote><p>{QUOTE_BOX}</p></blockquote></aside>',
        f'<div class="dcr-ad ad-slot-container"><div class="ad-slot"><p>{ADVERT}</p></div></div>',
    )
    gate = (
        f'<gu-island name="SignInGate"><div class="signin-gate" id="sign-in-gate"><p>{piece.gate}</p></div></gu-island>'
        if cut
        else ""
    )
    ask = f'<div class="dcr-epic" id="slot-body-end"><div class="contributions-epic donate"><p>{ADVERT}</p></div></div>'
    return page(
        piece,
        head(piece, graph(piece, free=True)),
        f"""{NAV}<main data-layout="StandardLayout"><div data-gu-name="headline"><h1 class="dcr-u0152o">{piece.headline}</h1></div>
<div data-gu-name="standfirst"><div class="dcr-standfirst"><p>{piece.standfirst}</p></div></div><div data-gu-name="media">
<figure class="dcr-f"><div class="dcr-img"></div><figcaption class="dcr-c">{CAPTION}</figcaption></figure></div><div
 data-gu-name="meta"><address>Mara Quill</address><details class="dcr-date"><summary>today</summary>Last modified later</details>
</div><div id="maincontent" class="article-body-commercial-selector article-body-viewer-selector dcr-b">
{paragraphs(piece, cut, attributes=' class="dcr-130mj7b"', every=boxes)}{gate}</div>{"" if cut else ask}<div class="submeta"><a>Share on mail</a></div></main>
<section data-component="most-popular"><ol><li><a>{POPULAR}</a></li></ol></section><footer>{FOOTER}</footer>""",
    )


def blocks(piece, cut):
    shown = piece.paragraphs[:2] if cut else piece.paragraphs
    text = "".join(
        f'<div data-component="text-block" class="sc-18fde0d6-0 dlWCEZ"><p class="sc-eb7bd5f6-0 fYAfXe">{one}</p></div>'
        for one in shown
    )
    gate = (
        f'<div data-component="subscription-prompt" class="sc-wall paywall-block"><p>{piece.gate}</p></div>'
        if cut
        else ""
    )
    return page(
        piece,
        head(piece, graph(piece), site=False, published=False, title=f"{piece.headline} - {piece.outlet}"),
        f"""<div>{NAV}<main id="main-content"><article class="sc-1"><div data-component="headline-block"><h1 class="sc-2">
{piece.headline}</h1></div><div data-component="byline-block" class="sc-3"><time datetime="{piece.published}">3 hours ago</time>
<div data-testid="byline">Mara Quill | Oldmere</div></div><div data-component="image-block"><figure><div><span>{CREDIT}</span></div>
<figcaption class="sc-4">{CAPTION}</figcaption></figure></div><div data-component="text-block"><p class="sc-5"><b>
{piece.standfirst}</b></p></div>{text}{gate}<div data-component="links-block"><h2>Related stories</h2><ul><li><a>{RELATED}</a></li>
</ul></div><div data-component="tags"><a>Shipping</a></div></article></main><div data-component="mostRead"><p>{POPULAR}</p></div>
<footer><p>{FOOTER}</p></footer></div>""",
    )


def video_page(piece, cut):
    gate = f'<div class="content-lock"><div class="paywall__message"><p>{piece.gate}</p></div></div>' if cut else ""
    return page(
        piece,
        head(piece, graph(piece)),
        f"""{NAV}<main><article class="video-story"><h1>{piece.headline}</h1><div class="video-player" id="player"><video></video>
<p class="video-player__message">{VIDEO}</p><div class="vjs-modal">This is a modal window.</div><ul class="video-playlist"><li>
<a>{RELATED}</a></li></ul></div><p class="intro">{piece.standfirst}</p><div class="text">{paragraphs(piece, cut)}{gate}</div>
<div class="transcript" hidden><p>{VIDEO}</p></div></article><section class="up-next recommended"><h2>Up next</h2><p>
{RELATED_TEASER}</p></section></main><footer><p>{FOOTER}</p></footer>""",
    )


def microdata(piece, cut):
    gate = f'<div class="subscribers-only-box premium"><p>{piece.gate}</p></div>' if cut else ""
    return f"""<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="{piece.language}" lang="{piece.language}">
<head><base href="{piece.url}"/><title>{piece.headline}</title><meta property="og:site_name" content="{escape(piece.outlet)}"/>
<link href="{piece.url}" rel="canonical"/></head><body class="site com_content view-article has-sidebar">{NAV}<div
 class="com-content-article item-page" itemscope="" itemtype="https://schema.org/NewsArticle"><meta itemprop="inLanguage"
 content="{piece.language}"/><div class="page-header"><h1 itemprop="headline">{piece.headline}</h1></div><dl
 class="article-info text-muted"><dd class="createdby">Written by: Mara Quill</dd><dd class="published"><time
 datetime="{piece.published}" itemprop="datePublished">today</time></dd><dd class="modified"><time
 datetime="2026-11-11T11:11:11+00:00" itemprop="dateModified">later</time></dd></dl><div itemprop="articleBody"
 class="com-content-article__body"><p class="intro">{piece.standfirst}</p>{paragraphs(piece, cut)}{gate}</div><ul class="tags
 list-inline"><li><a>port</a></li></ul><nav class="pagenavigation"><a>{RELATED}</a></nav></div><div class="moduletable sidebar-right
"><h3>Latest</h3><p>{RELATED_TEASER}</p></div><div class="footer">{FOOTER}</div></body></html>""".encode()


def blogger(piece, cut):
    text = "<br /><br />".join(piece.paragraphs[:2] if cut else piece.paragraphs)
    gate = f'<div class="paywall-note"><b>{piece.gate}</b></div>' if cut else ""
    return page(
        piece,
        head(piece, published=False, modified=False),
        f"""<div class="tabs-outer"><div class="widget PageList">{NAV}</div></div><div class="main-outer"><div class="blog-posts
 hfeed"><div class="date-outer"><h2 class="date-header"><span>today</span></h2><div class="post hentry uncustomized-post-template">
<h1 class="post-title entry-title">{piece.headline}</h1><div class="post-body entry-content" id="post-body-1"><i>{piece.standfirst}
</i><br /><br /><table class="tr-caption-container"><tbody><tr><td><img src="x"></td></tr><tr><td class="tr-caption">{CAPTION}</td>
</tr></tbody></table>{text}{gate}</div><div class="post-footer">Posted by Mara Quill | <abbr class="published"
 title="{piece.published}"><time class="published" datetime="{piece.published}">at</time></abbr></div></div></div></div><div
 class="comments" id="comments"><p class="comment-content">{COMMENT}</p></div></div><div class="sidebar"><div class="widget
 PopularPosts"><a>{POPULAR}</a></div></div>""",
    )


SYSTEMS = {
    **dict.fromkeys(
        (
            *(wordpress_classic, wordpress_block, drupal, ghost, amp, json_heavy, next_app, tag_soup, layout_table),
            *(live_page, gallery, cookie_banner, print_page, fragment, column_page, islands, blocks, video_page),
            *(microdata, blogger),
        ),
        PIECES,
    ),
    foreign: (GERMAN, FRENCH, RUSSIAN),
    right_to_left: (ARABIC, HEBREW, PERSIAN),
}
