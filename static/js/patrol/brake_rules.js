/**
 * The rules of the brake on personal data. Generated from sync/brake/rules.json by
 * `python -m tools.phone_rules`; not to be edited.
 */

/**
 * @type {{letters: Record<string, string>, stop: [string, string][], warn: [string, string][],
 *   name: Record<string, string>}}
 */
export const RULES = {
  "letters": {
    "L": "A-Za-zÀ-ÖØ-öø-ÿĀ-ž",
    "U": "A-ZÀ-ÖØ-ÞĀĆČĐĒĞĢĪİŁŃŅŚŞŠŻŽ",
    "l": "a-zà-öø-ÿāćčđēğģīıłńņśşšżžę"
  },
  "stop": [
    [
      "personal",
      "(?<![0-9])(?:(?:18|19|20)[ ./-]?)?([0-9]{2})[ ./-]?([0-9]{2})[ ./-]?([0-9]{2})[ ./]?[-+–—−]?[ ]?([0-9]{4})(?![0-9])"
    ]
  ],
  "warn": [
    [
      "email",
      "[{L}0-9._%+-]+(?:@| @ | ?[(\\[](?:at|a|snabel-?a)[)\\]] ?| snabel-?a )[{L}0-9-]+(?:\\.| (?:punkt|dot) )[A-Za-z.]{2,}"
    ],
    [
      "phone",
      "(?<![0-9:.,/-])(?:(?:\\+|00)[1-9][0-9]{0,2}[ -]?(?:\\(0\\)[ -]?)?|0)[1-9](?:[ /–-]{0,3}[0-9]){6,10}(?![0-9])"
    ],
    [
      "plate",
      "(?<![{L}0-9])(?!SOS|DEN|UTE|TAR)[A-HJ-PR-UW-Z]{3}[ -]?[0-9]{2}[A-HJ-PR-UW-Z0-9](?![{L}0-9])"
    ],
    [
      "plate",
      "(?<![{L}0-9])[a-hj-pr-uw-z]{3}[0-9]{2}[a-hj-pr-uw-z0-9](?![{L}0-9])"
    ],
    [
      "plate",
      "(?<![{L}])(?:[Rr]eg(?:istrerings?)?(?:\\.| ?nr| ?nummer|[-.]nr)?|[Nn]ummerplåt|[Ss]kylt)[:. ]{1,2}[A-Za-z]{3}[ -]?[0-9]{2}[A-Za-z0-9](?![{L}0-9])"
    ],
    [
      "handle",
      "(?<![{L}0-9._@])@[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])"
    ],
    [
      "handle",
      "(?<![{L}])(?:[Ss]nap(?:chat)?|[Ii]nsta(?:gram)?|[Tt]ik ?[Tt]ok|[Tt]elegram|[Dd]iscord|[Ss]ignal|[Ww]hats[Aa]pp|[Ff]acebook|FB|IG|[Kk]ik|[Ss]team|[Tt]witch|[Yy]ou[Tt]ube)(?:-?(?:konto|namn|kontot))?(?: (?:är|heter|konto|kontot|namn|namnet|användare|alias|nick|som|under|med|gruppen))*(?: ?[:=] ?| )[\"”'’]?(?:[A-Za-z0-9]+[._0-9][A-Za-z0-9._]*[A-Za-z0-9]|[A-Za-z]+[0-9][A-Za-z0-9]*)"
    ],
    [
      "handle",
      "(?<![{L}])(?:[Ss]nap(?:chat|namn)?|[Ii]nsta(?:gram)?|[Tt]ik ?[Tt]ok|[Tt]elegram|[Dd]iscord|[Ff]acebook|[Ss]ignal|[Yy]ou[Tt]ube|[Kk]ik|[Aa]lias|[Nn]ick|[Aa]nvändarnamn(?:et)?|[Kk]onto(?:t|namn)?)(?: (?:är|heter|på [{L}0-9]+))* ?[:=] ?[\"”'’]?[{L}0-9_.]{3,30}"
    ],
    [
      "handle",
      "(?<![{L}])(?:[Aa]lias|[Nn]ick(?:et)?|[Aa]nvändarnamn(?:et)?|kallar sig|kontot|kontonamnet) [\"”'’]?(?!som |på |är |för |och |har |med |var |i |till |fanns |inte )[A-Za-z0-9_.]*[0-9_A-Z][A-Za-z0-9_.]*"
    ]
  ],
  "name": {
    "pair": "(?<![{L}/.-])([{U}][{l}]+(?:-[{U}][{l}]+)?) (?:(?:von|van|af|de|el|al|bin|ibn|abu|[{U}]\\.?) )?([{U}][{l}]{1,}(?:-[{U}][{l}]+)?)(?![{L}])",
    "told": "(?<![{L}])(?:heter|hette|vid namn|kallas(?: för)?|kallad|(?:för)?namnet(?: är)?|[Nn]amn:|[Kk]illen|[Tt]jejen|[Pp]ojken|[Ff]lickan|[Ss]onen|[Dd]ottern|[Bb]ror(?:dern)?|[Bb]rodern|[Ss]ystern?|[Mm]amman?|[Pp]appan?|[Kk]ompisen|[Gg]rannen|[Ee]leven|[Vv]akten|[Mm]annen|[Kk]vinnan) ([{U}][{l}]{1,})(?![{L}])",
    "initial": "(?<![{L}])([{U}][{l}]{2,}) [{U}]\\.?(?= (?:som|var|är|har|sa|kom|gick|och|bor|ville|stod)(?![{L}]))",
    "no_first": "Alla|Alltså|Andra|Att|Av|Bakom|Bil|Bland|Boende|Brand|Brott|Bråk|Buss|Centrala|Centrum|Dals|De|Den|Det|Dom|Där|Efter|Ej|En|Enligt|Ett|Flera|Folkets|Fortsatt|Framför|Från|Första|För|Före|Gamla|Genom|Grupp|Gruppen|Gäng|Hela|Hisings|Hos|Hotell|I|Ica|Idag|In|Ingen|Inga|Inget|Inne|Inre|Inte|Kring|Kungliga|Kvinna|Kvällen|Larm|Lilla|Lugnt|Längs|Man|Med|Mediacenter|Mediecenter|Mellan|Mellersta|Mobil|Moped|Mot|Munka|Mycket|Mörkt|Nedre|Ner|Nere|Nordöstra|Nordvästra|Norr|Norra|Nya|Nära|Någon|Några|Och|Om|Ordningsvakt|Oroligt|Patrull|Polis|Polisen|Polisens|Polismyndigheten|Polisområde|Polisregion|Polisstation|Presstelefonen|Personal|På|Rakt|Region|Regional|Regionalt|Runt|Samling|Samtal|Sankt|Sankta|Sent|Skolan|Skövde|Slagsmål|Sjungande|Skadegörelse|Stationen|Stilla|Stor|Stora|Ströms|Stulen|Strax|Svenska|Sweden|Sydöstra|Sydvästra|Söder|Södra|Sankte|Tips|Tidig|Tidigare|Till|Torget|Trafikplats|Tre|Trygghetsvärd|Två|Ung|Unga|Ungdom|Ungdomar|Under|Upplands|Ute|Utanför|Utmed|Utefter|Uppe|Vandaliserat|Vi|Via|Vid|Von|Väktare|Värd|Väster|Västra|Våra|Yttre|Åter|Öster|Östra|Över|Övre",
    "no_last": "Ab|Affärscentrum|Allé|Allén|Arena|Backe|Berga|Bibliotek|Bro|By|Camping|Center|Centralstation|Centrum|City|Folkhögskola|Företagspark|Galleria|Gata|Gymnasium|Gränd|Gård|Gårdar|Hallar|Hamn|Hamnen|Hamnplan|Hed|Heden|Hotell|Idrottsplats|Kors|Kulle|Kyrka|Köpcentrum|Lasarett|Mall|Marina|Mediacenter|Mediecenter|Mellersta|Nord|Norra|Ort|Park|Parken|Plan|Plats|Polisen|Port|Resecentrum|Sjukhus|Sjö|Skola|Skog|Skolan|Slott|Stad|Stan|Station|Strand|Stråk|Syd|Södra|Torg|Torget|Trafikplats|Tunnel|Universitet|Verkstad|Väg|Vägen|Väst|Västra|Ås|Äng|Ängar|Öst|Östra",
    "place_end": "[{L}]*(?:gatan|gata|gatans|vägen|vägens|väg|torget|torg|platsen|plats|plan|plan|parken|park|allén|gränden|gränd|backen|stigen|leden|bron|broplan|skolan|skola|kyrkan|kyrka|kyrkogård|kajen|hallen|hamnen|viken|stranden|strand|ön|centrum|station|terminalen|tunneln|motet|rondellen|området|sjön|berget|fältet|köping|sundet|ängen|hemmet|gården|stan|malmen|staden|slätten|bygden|sjukhuset|gymnasiet|huset|promenaden|esplanaden|boulevarden|kyrkogatan|macken|badet|baden|skogen|dalen|höjden|borgen|spåret|länken|korset|kvarteret)"
  }
};
