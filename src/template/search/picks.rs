//! The characters of a set that can make an extreme.

use super::View;
use crate::template::values::Set;

/// A character of a set and its cost.
#[derive(Clone, Copy)]
pub(in crate::template) struct Pick {
    pub(in crate::template) character: char,
    pub(in crate::template) cost: u64,
}

/// The characters of a set that can make an extreme.
#[derive(Clone, Copy, Default)]
pub(in crate::template) struct Picks {
    /// The cheapest and the dearest that do not force UCS-2.
    pub(in crate::template) low: Option<Pick>,
    pub(super) high: Option<Pick>,
    /// The cheapest and the dearest that do.
    pub(in crate::template) forcing_low: Option<Pick>,
    pub(super) forcing_high: Option<Pick>,
}

impl Picks {
    pub(in crate::template) fn new(set: &Set, view: View) -> Self {
        let mut picks = Self::default();
        match set {
            // These stand for all others of their set, in each alphabet: see the test below.
            Set::Digits => picks.add_all("0".chars(), view),
            Set::AsciiAlphanumeric | Set::Gsm7Basic => picks.add_all("x0".chars(), view),
            Set::Gsm7 => picks.add_all("x0€".chars(), view),
            Set::Bmp => picks.add_all("x0€ж".chars(), view),
            Set::Any => picks.add_all("x0€ж😀".chars(), view),
            Set::Given(characters) => picks.add_all(characters.iter().copied(), view),
        }
        picks
    }

    fn add_all(&mut self, characters: impl Iterator<Item = char>, view: View) {
        for character in characters {
            let Some(cost) = view.cost(character) else {
                continue;
            };
            let pick = Pick { character, cost };
            let (low, high) = if view.forces(character) {
                (&mut self.forcing_low, &mut self.forcing_high)
            } else {
                (&mut self.low, &mut self.high)
            };
            if low.is_none_or(|low| pick.cost < low.cost) {
                *low = Some(pick);
            }
            if high.is_none_or(|high| pick.cost > high.cost) {
                *high = Some(pick);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alphabet::Alphabet;
    use crate::alphabet::NationalLanguage;
    use crate::alphabet::default_cost;
    use alloc::vec::Vec;

    fn alphabets() -> impl Iterator<Item = Alphabet> {
        let tables: Vec<Option<NationalLanguage>> = core::iter::once(None)
            .chain(NationalLanguage::ALL.iter().copied().map(Some))
            .collect();
        let locking: Vec<_> = tables
            .iter()
            .copied()
            .filter(|table| table.is_none_or(NationalLanguage::has_locking_table))
            .collect();
        locking.into_iter().flat_map(move |locking| {
            let singles = tables.clone();
            singles
                .into_iter()
                .map(move |single| Alphabet::new(locking, single))
        })
    }

    /// The costs of all characters of a set: the least and the greatest, of those that force UCS-2
    /// and of those that do not.
    fn costs(characters: impl Iterator<Item = char>, view: View) -> [Option<u64>; 4] {
        let mut picks = Picks::default();
        picks.add_all(characters, view);
        costs_of(picks)
    }

    fn costs_of(picks: Picks) -> [Option<u64>; 4] {
        [picks.low, picks.high, picks.forcing_low, picks.forcing_high]
            .map(|pick| pick.map(|pick| pick.cost))
    }

    fn every() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    #[test]
    fn the_characters_that_stand_for_a_set_cost_what_the_cheapest_and_the_dearest_cost() {
        let is_line = |c: char| !matches!(c, '\n' | '\r' | '\u{c}');
        let views = [View::Septets(Alphabet::DEFAULT), View::CodeUnits];
        for view in views {
            let expected = [
                (Set::Digits, costs('0'..='9', view)),
                (
                    Set::AsciiAlphanumeric,
                    costs(every().filter(char::is_ascii_alphanumeric), view),
                ),
                (
                    Set::Gsm7Basic,
                    costs(
                        every().filter(|c| is_line(*c) && default_cost(*c) == 1),
                        view,
                    ),
                ),
                (
                    Set::Gsm7,
                    costs(
                        every().filter(|c| is_line(*c) && default_cost(*c) > 0),
                        view,
                    ),
                ),
                (Set::Bmp, costs('\0'..='\u{ffff}', view)),
                (Set::Any, costs(every(), view)),
            ];
            for (set, expected) in expected {
                assert_eq!(costs_of(Picks::new(&set, view)), expected);
            }
        }
    }

    #[test]
    fn with_each_pair_of_national_tables_they_cost_what_the_cheapest_costs() {
        for alphabet in alphabets() {
            let view = View::Septets(alphabet);
            for set in [
                Set::Digits,
                Set::AsciiAlphanumeric,
                Set::Gsm7Basic,
                Set::Gsm7,
                Set::Bmp,
                Set::Any,
            ] {
                let low = Picks::new(&set, view).low.map(|pick| pick.cost);
                assert_eq!(low, Some(1), "no character costs less");
            }
        }
    }
}
