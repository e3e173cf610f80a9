//! Where a path or a key tells the locale, without being told so.

use core::ops::Range;

use septet::template::LanguageKey;

use crate::text::Text;

/// The languages of ISO 639-1. A word of two letters in a path is one only if it is among them.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co \
    cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho \
    hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw \
    ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj \
    om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta \
    te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Whether a word is a locale as paths and keys spell them: `fr`, `pt-BR`, `zh_Hans`.
pub(crate) fn is_locale(word: &str) -> bool {
    let Ok(key) = word.parse::<LanguageKey>() else {
        return false;
    };
    let language = key.language();
    LANGUAGES.split(' ').any(|known| known == language)
}

/// The bytes of a path that are its locale: the name of the file, or its end behind `.`, `_` or `-`;
/// else a folder (`fr`, `fr.lproj`, `values-fr`), the innermost first.
pub(crate) fn in_path(path: &str) -> Option<Range<usize>> {
    let (folders, name) = match path.rfind('/') {
        Some(at) => (path.get(..at).unwrap_or_default(), at + 1),
        None => ("", 0),
    };
    let file = path.get(name..).unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if let Some(range) = at_the_end(stem) {
        return Some(name + range.start..name + range.end);
    }
    let mut end = folders.len();
    for folder in folders.rsplit('/') {
        let start = end - folder.len();
        let plain = folder.strip_suffix(".lproj").unwrap_or(folder);
        let prefix = if plain.starts_with("values-") {
            "values-".len()
        } else {
            0
        };
        if plain.get(prefix..).is_some_and(is_locale) {
            return Some(start + prefix..start + plain.len());
        }
        end = start.saturating_sub(1);
    }
    None
}

/// The longest end of a word that is a locale, behind a separator unless it is all of the word.
fn at_the_end(word: &str) -> Option<Range<usize>> {
    let separators = word.match_indices(['.', '_', '-']).map(|(at, _)| at + 1);
    let mut starts = core::iter::once(0).chain(separators);
    let start = starts.find(|start| word.get(*start..).is_some_and(is_locale))?;
    Some(start..word.len())
}

/// A name without the locale at its end, so that the texts of one key have one name.
pub(crate) fn without<'a>(stem: &'a str, locale: Option<&str>) -> &'a str {
    let Some(locale) = locale else { return stem };
    let name = stem.strip_suffix(locale).unwrap_or(stem);
    let name = name.trim_end_matches(['.', '_', '-']);
    if name.is_empty() { "message" } else { name }
}

/// Whether the outermost key of each text is a locale, as in files of Rails.
pub(crate) fn is_first_key(texts: &[Text]) -> bool {
    let first =
        |text: &Text| text.path.len() > 1 && text.path.first().is_some_and(|key| is_locale(key));
    !texts.is_empty()
        && texts
            .iter()
            .all(|text| text.locale.is_none() && first(text))
}

/// A locale so that spellings that differ in case and separator are one.
pub(crate) fn folded(locale: &str) -> String {
    locale.to_ascii_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_tells_its_locale() {
        let cases = [
            ("locales/fr.json", Some("fr")),
            ("locales/pt-BR/sms.json", Some("pt-BR")),
            ("sms.zh_Hans.yaml", Some("zh_Hans")),
            ("messages_pt_BR.properties", Some("pt_BR")),
            ("messages.properties", None),
            ("res/values-fr/strings.json", Some("fr")),
            ("ios/de.lproj/a.json", Some("de")),
            ("de/fr/a.json", Some("fr")),
            ("fr", Some("fr")),
            ("src/app.json", None),
            ("", None),
            ("a/b/", None),
            ("é/fr/é.json", Some("fr")),
        ];
        for (path, locale) in cases {
            let found = in_path(path).map(|range| &path[range]);
            assert_eq!(found, locale, "{path}");
        }
    }

    #[test]
    fn a_name_loses_its_locale() {
        assert_eq!(without("messages_pt_BR", Some("pt_BR")), "messages");
        assert_eq!(without("fr", Some("fr")), "message");
        assert_eq!(without("welcome", None), "welcome");
    }
}
