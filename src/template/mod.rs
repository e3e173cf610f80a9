//! What does a template cost, for every value that its placeholders can take?

mod bounds;
mod fill;
mod headroom;
mod neutral;
mod parse;
mod search;
mod values;
mod witness;

pub use bounds::{Bounds, Count, Extreme};
pub use headroom::{Cliff, Headroom, NoHeadroom};
pub use neutral::NotNeutral;
pub use parse::{Control, ControlKind, Literal, Piece, Placeholder, Syntax, Template};
pub use values::{CharacterSet, InvalidValues, ValueSet, Values};
pub use witness::Witness;
