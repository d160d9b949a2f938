//! Words by which a text asks, decides or recommends, in six languages: data, and how it is matched.
//!
//! A resolution says it with a verb at the start of a paragraph (`Requests the Secretary-General`), a
//! report with a body before it (`The Committee recommends that`). What a report tells of the past
//! (`the Board recommended`) asks nobody.

use super::call::has;

/// What the verb at the start of an operative paragraph does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Asks, decides or recommends.
    Asks,
    /// Notes, welcomes, reaffirms: operative, and asks nothing.
    States,
}

/// The verbs of one language.
struct Verbs {
    /// Words apart by spaces, as in the other lists.
    asks: &'static str,
    states: &'static str,
    /// What may stand before the verb.
    adverbs: &'static str,
    /// What behind the word says that it is a noun: `Requests for information`.
    nouns: &'static str,
}

const VERBS: [Verbs; 5] = [
    Verbs {
        asks: "requests decides urges invites encourages recommends demands authorizes authorises \
            instructs directs appeals calls agrees approves adopts endorses resolves establishes",
        states: "takes notes welcomes reaffirms recalls recognizes recognises emphasizes emphasises \
            stresses expresses affirms acknowledges underlines underscores commends condemns \
            deplores reiterates considers declares proclaims confirms looks supports \
            congratulates appreciates concurs highlights observes regrets thanks",
        adverbs: "also further again strongly firmly once more accordingly",
        nouns: "for from by of made and received to",
    },
    Verbs {
        asks: "demande prie décide invite exhorte engage encourage recommande autorise charge lance \
            appelle approuve adopte préconise exige",
        states: "prend note se réaffirme rappelle souligne constate accueille exprime remercie rend \
            considère reconnaît salue condamne confirme déclare insiste estime réitère fait \
            déplore",
        adverbs: "également en outre",
        nouns: "de du des est d’information d'information",
    },
    Verbs {
        asks: "pide decide insta exhorta alienta solicita invita recomienda autoriza aprueba adopta \
            encarga exige resuelve anima ruega",
        states: "toma acoge reafirma recuerda reconoce observa subraya destaca expresa pone celebra \
            condena reitera agradece encomia considera señala declara confirma hace lamenta \
            afirma",
        adverbs: "también asimismo además",
        nouns: "de del",
    },
    Verbs {
        asks: "просит призывает постановляет предлагает рекомендует поручает уполномочивает требует \
            одобряет утверждает обращается рекомендуют",
        states: "принимает отмечает приветствует подтверждает напоминает признает признаёт \
            подчеркивает подчёркивает выражает ссылается осуждает считает заявляет благодарит \
            сожалеет повторяет",
        adverbs: "также вновь далее настоятельно решительно особо с удовлетворением кроме того",
        nouns: "",
    },
    Verbs {
        asks: "تطلب يطلب تقرر يقرر تحث يحث تدعو يدعو تهيب يهيب توصي يوصي تشجع يشجع تأذن يأذن تناشد \
            يناشد تعتمد يعتمد تقرّر يقرّر تحثّ يحثّ تشجّع يشجّع",
        states: "تحيط يحيط تلاحظ يلاحظ ترحب يرحب تؤكد يؤكد تعيد يعيد تعرب يعرب تشدد يشدد تسلم يسلم \
            تشير يشير تشيد يشيد تدين يدين تعترف يعترف",
        adverbs: "وإذ",
        nouns: "",
    },
];

/// Chinese verbs stand without a space before what follows.
const HAN_ASKS: [&str; 14] = [
    "请", "決定", "决定", "呼吁", "促请", "敦促", "鼓励", "建议", "吁请", "邀请", "授权", "核准",
    "责成", "恳请",
];
const HAN_STATES: [&str; 20] = [
    "注意到",
    "欢迎",
    "重申",
    "强调",
    "着重",
    "确认",
    "认识到",
    "表示",
    "赞赏",
    "回顾",
    "赞扬",
    "感谢",
    "谴责",
    "满意",
    "深为",
    "认为",
    "肯定",
    "承认",
    "关切",
    "铭记",
];
const HAN_ADVERBS: [&str; 11] = [
    "又",
    "还",
    "再次",
    "并",
    "也",
    "进一步",
    "强烈",
    "特别",
    "因此",
    "最",
    "再",
];
/// Behind the verb these make it a noun, or another word.
const HAN_NOUNS: [&str; 11] = [
    "草案", "书", "的", "参阅", "参看", "参见", "见", "是", "案", "和", "中",
];

/// What the verb that begins a paragraph does, if one does.
pub(super) fn act(text: &str) -> Option<Act> {
    let mut rest = text;
    while let Some(shorter) = HAN_ADVERBS
        .iter()
        .find_map(|adverb| rest.strip_prefix(adverb))
    {
        rest = shorter;
    }
    // 重申邀请 asks what was asked before.
    let repeated = rest.strip_prefix("重申").unwrap_or(rest);
    if let Some(behind) = HAN_ASKS.iter().find_map(|verb| repeated.strip_prefix(verb)) {
        let noun = behind.is_empty() || HAN_NOUNS.iter().any(|noun| behind.starts_with(noun));
        return (!noun).then_some(Act::Asks);
    }
    if HAN_STATES.iter().any(|verb| rest.starts_with(verb)) {
        return Some(Act::States);
    }
    let words: Vec<String> = words(text).take(6).collect();
    let all: Vec<&str> = words.iter().map(String::as_str).collect();
    VERBS.iter().find_map(|verbs| verbs.act(&all))
}

impl Verbs {
    fn act(&self, words: &[&str]) -> Option<Act> {
        let at = words.iter().position(|word| !has(self.adverbs, word))?;
        let behind = |word: &str| words[at + 1..].contains(&word);
        let noun = words.get(at + 1).is_none_or(|next| has(self.nouns, next));
        match words[at] {
            // Its request, its call and its invitation are made again.
            "reiterates" | "réitère" | "reitera" => {
                let asked = [
                    "request",
                    "call",
                    "invitation",
                    "appeal",
                    "demande",
                    "appel",
                    "petición",
                    "llamamiento",
                    "invitación",
                ];
                Some(if asked.into_iter().any(behind) {
                    Act::Asks
                } else {
                    Act::States
                })
            }
            "calls" => words
                .get(at + 1)
                .filter(|next| ["upon", "on", "for"].contains(next))
                .map(|_| Act::Asks),
            "appeals" => (words.get(at + 1) == Some(&"to")).then_some(Act::Asks),
            // Draws attention to what is known.
            "appelle" if behind("l’attention") || behind("l'attention") => Some(Act::States),
            "hace" | "fait" | "lance" => {
                let asked = ["llamamiento", "appel"].into_iter().any(behind);
                Some(if asked { Act::Asks } else { Act::States })
            }
            verb if has(self.asks, verb) => {
                let able = ["decides", "agrees", "resolves", "décide", "decide"].contains(&verb);
                (able && words.get(at + 1) == Some(&"to") || !noun).then_some(Act::Asks)
            }
            verb if has(self.states, verb) => (!noun).then_some(Act::States),
            _ => None,
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split_whitespace().map(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.to_lowercase()
    })
}

/// How a report says that a body asks or recommends now: the beginning of its subject, and the verbs.
struct Reported {
    subjects: &'static [&'static str],
    verbs: &'static str,
}

const REPORTED: [Reported; 4] = [
    Reported {
        subjects: &["the", "it"],
        verbs: "recommends urges requests invites encourages calls decides",
    },
    Reported {
        subjects: &["le", "la", "il", "elle", "l’", "l'"],
        verbs: "recommande demande prie invite exhorte engage encourage décide",
    },
    Reported {
        subjects: &["el", "la"],
        verbs: "recomienda pide insta exhorta alienta solicita invita decide",
    },
    Reported {
        subjects: &[
            "комитет",
            "комиссия",
            "совет",
            "группа",
            "подкомитет",
            "специальный",
            "рабочая",
        ],
        verbs: "рекомендует просит призывает предлагает постановляет настоятельно",
    },
];
/// In Arabic the verb comes before the body.
const ARABIC: [&str; 9] = [
    "توصي", "يوصي", "تحث", "يحث", "تدعو", "يدعو", "تطلب", "تشجع", "تهيب",
];
/// What says who should act, at the start of a sentence.
const SHOULD: [&str; 24] = [
    "states should ",
    "member states should ",
    "all states should ",
    "states parties should ",
    "governments should ",
    "parties should ",
    "the state party should ",
    "les états devraient ",
    "les états membres devraient ",
    "les états parties devraient ",
    "l’état partie devrait ",
    "les gouvernements devraient ",
    "los estados deberían ",
    "los estados miembros deberían ",
    "los estados partes deberían ",
    "el estado parte debería ",
    "los gobiernos deberían ",
    "государствам следует ",
    "государствам-членам следует ",
    "государствам-участникам следует ",
    "государству-участнику следует ",
    "правительствам следует ",
    "ينبغي للدول ",
    "ينبغي للحكومات ",
];
/// The last character of the name of a body that recommends: 委员会, 工作组, 秘书处.
const HAN_BODIES: &str = "会组處处局员署长团";

/// True for a sentence in which a body asks or recommends now: `The Committee recommends that`,
/// `States should`, `委员会建议`.
pub(super) fn is_reported(text: &str) -> bool {
    let head: String = text.chars().take(120).collect::<String>().to_lowercase();
    // 各国应 is no such word: treaties say it of what is binding.
    if SHOULD.iter().any(|should| head.starts_with(should)) {
        return !text.ends_with(':');
    }
    if is_reported_in_han(&head) {
        return true;
    }
    let words: Vec<String> = words(&head).take(9).collect();
    let Some((first, rest)) = words.split_first() else {
        return false;
    };
    if ARABIC.contains(&first.as_str()) {
        return rest.first().is_some_and(|next| next.starts_with("ال"));
    }
    let verb = REPORTED.iter().find_map(|reported| {
        // L’Assemblée is one word with its article.
        let elided = |one: &str| one.ends_with(['’', '\'']) && first.starts_with(one);
        let mut subjects = reported.subjects.iter();
        subjects.find(|one| first == **one || elided(one))?;
        rest.iter().position(|word| has(reported.verbs, word))
    });
    // A clause before the verb has another: the fact that the Committee recommends.
    verb.is_some_and(|verb| {
        let links = "that que which qui что who";
        let linked = rest[..verb].iter().any(|word| has(links, word));
        let mut before = head.split_whitespace().take(verb + 1);
        !linked && !before.any(|word| word.ends_with([',', ';', '.']))
    })
}

/// 委员会建议, 工作组还敦促; not 委员会曾建议 or 委员会的建议.
fn is_reported_in_han(head: &str) -> bool {
    let verbs = HAN_ASKS
        .iter()
        .filter_map(|verb| Some((head.find(verb)?, verb)));
    let Some((at, verb)) = verbs.min() else {
        return false;
    };
    let mut subject = &head[..at];
    while let Some(shorter) = HAN_ADVERBS
        .iter()
        .find_map(|adverb| subject.strip_suffix(adverb))
    {
        subject = shorter;
    }
    let told = ["曾", "已", "了", "年", "，", "。", "的报告"];
    let body = subject.ends_with(|c| HAN_BODIES.contains(c)) && subject.chars().count() <= 20;
    let behind = &head[at + verb.len()..];
    let noun = HAN_NOUNS
        .iter()
        .chain(&["了"])
        .any(|noun| behind.starts_with(noun));
    body && !noun && !told.iter().any(|word| subject.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_verb_says_what_an_operative_paragraph_does() {
        use Act::{Asks, States};
        for (text, expected) in [
            (
                "Requests the Secretary-General to light all lakes;",
                Some(Asks),
            ),
            ("Also requests States to report;", Some(Asks)),
            ("Further strongly urges all States to act;", Some(Asks)),
            ("Calls upon States to act;", Some(Asks)),
            ("Decides to remain seized of the matter.", Some(Asks)),
            ("Reiterates its request to the Secretariat;", Some(Asks)),
            ("Takes note of the report;", Some(States)),
            ("Reaffirms its resolution 98/12;", Some(States)),
            ("Requests for information were made in May.", None),
            ("Requests made by States are listed below.", None),
            ("Calls were received.", None),
            ("The Committee met in May.", None),
            (
                "Demande au Secrétaire général de faire rapport ;",
                Some(Asks),
            ),
            ("Prie également les États d’agir ;", Some(Asks)),
            ("Prend note du rapport ;", Some(States)),
            ("Appelle l’attention sur le rapport ;", Some(States)),
            ("Demande de renseignements.", None),
            ("Pide al Secretario General que informe;", Some(Asks)),
            ("Exhorta a los Estados a que actúen;", Some(Asks)),
            ("Hace un llamamiento a los Estados;", Some(Asks)),
            ("Toma nota del informe;", Some(States)),
            (
                "просит Генерального секретаря представить доклад;",
                Some(Asks),
            ),
            (
                "настоятельно призывает государства действовать;",
                Some(Asks),
            ),
            ("принимает к сведению доклад;", Some(States)),
            ("请秘书长提交报告；", Some(Asks)),
            ("又敦促各国采取行动；", Some(Asks)),
            ("决定继续审议此事。", Some(Asks)),
            ("重申邀请各组织提供支持；", Some(Asks)),
            ("重申其第98/12号决议；", Some(States)),
            ("注意到秘书长的报告；", Some(States)),
            ("请参阅附件。", None),
            ("决定草案载于附件。", None),
            ("建议的数目有所增加。", None),
            ("تطلب إلى الأمين العام أن يقدم تقريرا؛", Some(Asks)),
            ("تحيط علما بالتقرير؛", Some(States)),
        ] {
            assert_eq!(act(text), expected, "{text}");
        }
    }

    #[test]
    fn a_report_recommends_where_a_body_does_so_now() {
        for text in [
            "The Committee recommends that all lakes be lit.",
            "The Special Rapporteur on lakes therefore urges States to act.",
            "States should light their lakes.",
            "Le Comité recommande que les lacs soient éclairés.",
            "Les États devraient agir.",
            "El Comité recomienda que se iluminen los lagos.",
            "Los Estados deberían actuar.",
            "Комитет рекомендует осветить все озера.",
            "Государствам следует принять меры.",
            "委员会建议缔约国照亮所有湖泊。",
            "工作组还敦促各国采取行动。",
            "توصي اللجنة بإنارة البحيرات.",
            "ينبغي للدول أن تتصرف.",
        ] {
            assert!(is_reported(text), "{text}");
        }
        for text in [
            "The Committee recommended that all lakes be lit.",
            "The Board met in May and took note of what was said.",
            "The fact that the Committee recommends light is known.",
            "In 2019, the Committee recommends.",
            "Le Comité a recommandé que les lacs soient éclairés.",
            "El Comité recomendó que se iluminaran los lagos.",
            "Комитет рекомендовал осветить все озера.",
            "委员会曾建议缔约国照亮湖泊。",
            "委员会的建议载于附件。",
            "委员会于2019年建议照亮湖泊。",
            "أوصت اللجنة بإنارة البحيرات.",
            "It was said that States should act.",
            "The Assembly will now decide on the draft.",
            "The State should invite experts.",
            "States should:",
            "各国应采取行动。",
        ] {
            assert!(!is_reported(text), "{text}");
        }
    }
}
