//! Which values make a message so long?

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::parse::{ControlKind, Piece, Placeholder};
use super::search::{Choice, Chosen, Picks, Question, View};
use super::values::{Kind, Set};
use crate::alphabet::Alphabet;

/// How long a typical value is where nothing is declared, in characters.
const TYPICAL_LENGTH: u16 = 12;

/// Values that make a message as long as a bound says.
///
/// Its `Display` writes the message. That can be long: a placeholder of 65,535 characters that
/// occurs a thousand times is written a thousand times. [`bytes`](Self::bytes) says how long.
///
/// ```
/// use septet::template::{CharacterSet, Syntax, Template, Values};
/// let template = Template::parse("Code: ${code}", Syntax::DollarBrace)?;
/// let values = Values::new().with("code", CharacterSet::ASCII_ALPHANUMERIC.between(4, 8)?);
/// let bounds = template.bounds(&values)?;
/// let witness = bounds.worst().witness().unwrap();
/// assert_eq!(witness.to_string(), "Code: xxxxxxxx");
/// assert_eq!(bounds.best().witness().unwrap().value("code").unwrap(), "xxxx");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Witness<'t> {
    question: Question<'t>,
    chosen: Vec<Chosen>,
}

impl<'t> Witness<'t> {
    pub(super) const fn new(question: Question<'t>, chosen: Vec<Chosen>) -> Self {
        Self { question, chosen }
    }

    /// The first arm of each branch, each loop once, and typical values.
    pub(super) fn typical(question: Question<'t>) -> Self {
        let mut chosen = Vec::new();
        // One entry a branch or loop: whether its first arm is over.
        let mut over: Vec<bool> = Vec::new();
        // How many of them are over.
        let mut skipping = 0_usize;
        for (piece, kind) in question.template.pieces().iter().enumerate() {
            let skipped = skipping > 0;
            match kind {
                Piece::Literal(_) if !skipped => chosen.push(Chosen {
                    piece,
                    choice: Choice::Literal,
                }),
                Piece::Placeholder(placeholder) if !skipped => chosen.push(Chosen {
                    piece,
                    choice: typical(question, placeholder.name()),
                }),
                Piece::Control(control) => match control.kind() {
                    ControlKind::BranchStart | ControlKind::LoopStart => over.push(false),
                    ControlKind::NextArm => {
                        if let Some(over @ false) = over.last_mut() {
                            *over = true;
                            skipping += 1;
                        }
                    }
                    ControlKind::BranchEnd { .. } | ControlKind::LoopEnd => {
                        skipping -= usize::from(over.pop() == Some(true));
                    }
                    ControlKind::Silent => {}
                },
                _ => {}
            }
        }
        Self { question, chosen }
    }

    /// Returns the value of a placeholder, or `None` where it does not occur on the arms taken.
    ///
    /// In a loop a placeholder can have a value in each turn: this is the first.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<String> {
        self.each()
            .find(|(placeholder, _)| placeholder.name() == name)
            .map(|(placeholder, choice)| {
                let mut value = String::new();
                // A string takes whatever is written to it.
                let _ = self.write(&mut value, placeholder, choice);
                value
            })
    }

    /// Returns the placeholders on the arms taken and their values, each at its first place.
    pub fn values(&self) -> impl Iterator<Item = (&'t str, String)> {
        let names = self.question.template.names();
        names
            .iter()
            .filter_map(|name| Some((*name, self.value(name)?)))
    }

    /// Returns the length of the message, in bytes, without writing it.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let pieces = self.question.template.pieces();
        let lengths = self.chosen.iter().map(|chosen| {
            let piece = pieces.get(chosen.piece);
            match (piece, chosen.choice) {
                (Some(Piece::Literal(literal)), _) => literal.text().len(),
                (Some(Piece::Placeholder(placeholder)), choice) => {
                    self.bytes_of(*placeholder, choice)
                }
                _ => 0,
            }
        });
        lengths.fold(0, usize::saturating_add)
    }

    fn bytes_of(&self, placeholder: Placeholder<'_>, choice: Choice) -> usize {
        let set = self.question.values.get(placeholder.name());
        match choice {
            Choice::Literal => 0,
            Choice::Typical => set.and_then(|set| set.get_typical()).map_or(0, str::len),
            Choice::Value(number) => set
                .and_then(|set| set.values().nth(number))
                .map_or(0, str::len),
            Choice::Characters {
                character,
                count,
                special,
            } => {
                let special = special.map_or(0, |(special, _)| special.len_utf8());
                character.len_utf8() * count as usize + special
            }
        }
    }

    /// The pieces that are rendered, in order, with the values of placeholders.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&'t Piece<'t>, String)> {
        let pieces = self.question.template.pieces();
        self.chosen.iter().filter_map(move |chosen| {
            let piece = pieces.get(chosen.piece)?;
            let mut value = String::new();
            if let Piece::Placeholder(placeholder) = piece {
                // A string takes whatever is written to it.
                let _ = self.write(&mut value, *placeholder, chosen.choice);
            }
            Some((piece, value))
        })
    }

    fn each(&self) -> impl Iterator<Item = (Placeholder<'t>, Choice)> {
        let pieces = self.question.template.pieces();
        self.chosen
            .iter()
            .filter_map(|chosen| match pieces.get(chosen.piece)? {
                Piece::Placeholder(placeholder) => Some((*placeholder, chosen.choice)),
                _ => None,
            })
    }

    fn write(
        &self,
        f: &mut impl fmt::Write,
        placeholder: Placeholder<'_>,
        choice: Choice,
    ) -> fmt::Result {
        let set = self.question.values.get(placeholder.name());
        match choice {
            Choice::Literal => Ok(()),
            Choice::Typical => f.write_str(set.and_then(|set| set.get_typical()).unwrap_or("")),
            Choice::Value(number) => {
                let value = set.and_then(|set| set.values().nth(number));
                f.write_str(value.unwrap_or(""))
            }
            Choice::Characters {
                character,
                count,
                special,
            } => {
                let (before, special) = match special {
                    Some((special, at)) => (at, Some(special)),
                    None => (count, None),
                };
                for _ in 0..before {
                    f.write_char(character)?;
                }
                special.map_or(Ok(()), |special| f.write_char(special))?;
                for _ in before..count {
                    f.write_char(character)?;
                }
                Ok(())
            }
        }
    }
}

fn typical(question: Question<'_>, name: &str) -> Choice {
    let of = |set: &Set, count: u16| {
        let picks = Picks::new(set, View::Septets(Alphabet::DEFAULT));
        let pick = picks.low.or_else(|| {
            let picks = Picks::new(set, View::CodeUnits);
            picks.low.or(picks.forcing_low)
        });
        Choice::Characters {
            character: pick.map_or(' ', |pick| pick.character),
            count: u64::from(count),
            special: None,
        }
    };
    let Some(declared) = question.values.get(name) else {
        return of(&Set::Gsm7, TYPICAL_LENGTH);
    };
    match declared.kind() {
        _ if declared.get_typical().is_some() => Choice::Typical,
        Kind::List(_) => Choice::Value(0),
        Kind::Characters {
            set,
            least,
            greatest,
        } => of(set, TYPICAL_LENGTH.clamp(*least, *greatest)),
    }
}

/// Writes the message.
impl fmt::Display for Witness<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pieces = self.question.template.pieces();
        for chosen in &self.chosen {
            match pieces.get(chosen.piece) {
                Some(Piece::Literal(literal)) => f.write_str(literal.text())?,
                Some(Piece::Placeholder(placeholder)) => {
                    self.write(f, *placeholder, chosen.choice)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Shows lengths, no text.
impl fmt::Debug for Witness<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Witness")
            .field("bytes", &self.bytes())
            .finish()
    }
}
