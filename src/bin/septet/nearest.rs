//! Which of the known names was probably meant?

/// The name that takes the fewest changes, if they are few for its length.
pub(crate) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.chars().take(64).collect();
    let distances = names.map(|name| (distance(&wanted, name), name));
    let (changes, name) = distances.min_by_key(|(changes, _)| *changes)?;
    (changes <= name.chars().count().max(wanted.len()) / 3 + 1).then_some(name)
}

/// Insertions, deletions and substitutions from one word to the other; two neighbours swapped are one.
fn distance(from: &[char], to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let substituted = last[j] + usize::from(a != b);
            let mut least = substituted.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = core::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(from.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let names = || ["budget", "base-locale", "severity"].into_iter();
        assert_eq!(nearest("bugdet", names()), Some("budget"));
        assert_eq!(nearest("base_locale", names()), Some("base-locale"));
        assert_eq!(nearest("zzzzzzzz", names()), None);
        assert_eq!(nearest("", names()), None);
    }
}
