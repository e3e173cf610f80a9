//! STUB
use alloc::vec::Vec;
use core::ops::Range;

/// S
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Syntax {
    /// D
    DollarBrace,
    /// B
    DoubleBrace,
}

/// T
#[derive(Clone, Debug)]
pub struct Template<'a> {
    source: &'a str,
    syntax: Syntax,
    pieces: Vec<Piece<'a>>,
    names: Vec<&'a str>,
}

/// P
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Piece<'a> {
    /// L
    Literal(Literal<'a>),
    /// P
    Placeholder(Placeholder<'a>),
    /// C
    Control(Control),
}

/// L
#[derive(Clone, Copy, Debug)]
pub struct Literal<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}
impl<'a> Literal<'a> {
    /// S
    pub const fn span(&self) -> Range<usize> {
        self.start..self.end
    }
    /// T
    pub const fn text(&self) -> &'a str {
        self.text
    }
}
/// P
#[derive(Clone, Copy, Debug)]
pub struct Placeholder<'a> {
    start: usize,
    end: usize,
    name: &'a str,
    index: usize,
}
impl<'a> Placeholder<'a> {
    /// S
    pub const fn span(&self) -> Range<usize> {
        self.start..self.end
    }
    /// T
    pub const fn name(&self) -> &'a str {
        self.name
    }
    /// I
    pub const fn index(&self) -> usize {
        self.index
    }
}
/// C
#[derive(Clone, Copy, Debug)]
pub struct Control {
    start: usize,
    end: usize,
    kind: ControlKind,
}
impl Control {
    /// S
    pub const fn span(&self) -> Range<usize> {
        self.start..self.end
    }
    /// T
    pub const fn kind(&self) -> ControlKind {
        self.kind
    }
}
/// K
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlKind {
    /// B
    BranchStart,
    /// N
    NextArm,
    /// E
    BranchEnd {
        /// some arm always
        exhaustive: bool,
    },
    /// L
    LoopStart,
    /// L
    LoopEnd,
    /// S
    Silent,
}

impl<'a> Template<'a> {
    /// P
    pub fn parse(source: &'a str, syntax: Syntax) -> Result<Self, core::fmt::Error> {
        let mut pieces = Vec::new();
        let mut names: Vec<&'a str> = Vec::new();
        let mut elses = Vec::new();
        let mut at = 0;
        let (open, close) = match syntax {
            Syntax::DollarBrace => ("${", "}"),
            Syntax::DoubleBrace => ("{{", "}}"),
        };
        while at < source.len() {
            let rest = &source[at..];
            let start = rest.find(open).unwrap_or(rest.len());
            if start > 0 {
                pieces.push(Piece::Literal(Literal {
                    start: at,
                    end: at + start,
                    text: &rest[..start],
                }));
                at += start;
                continue;
            }
            let Some(end) = rest.find(close) else {
                return Err(core::fmt::Error);
            };
            let name = rest[open.len()..end].trim();
            let end = at + end + close.len();
            let kind = match name {
                "#if b" => {
                    elses.push(false);
                    Some(ControlKind::BranchStart)
                }
                "else if b" => Some(ControlKind::NextArm),
                "else" => {
                    *elses.last_mut().unwrap() = true;
                    Some(ControlKind::NextArm)
                }
                "/if" => Some(ControlKind::BranchEnd {
                    exhaustive: elses.pop().unwrap(),
                }),
                "#each l" => Some(ControlKind::LoopStart),
                "/each" => Some(ControlKind::LoopEnd),
                _ => None,
            };
            if let Some(kind) = kind {
                pieces.push(Piece::Control(Control {
                    start: at,
                    end,
                    kind,
                }));
            } else {
                let index = names.iter().position(|n| *n == name).unwrap_or_else(|| {
                    names.push(name);
                    names.len() - 1
                });
                pieces.push(Piece::Placeholder(Placeholder {
                    start: at,
                    end,
                    name,
                    index,
                }));
            }
            at = end;
        }
        Ok(Self {
            source,
            syntax,
            pieces,
            names,
        })
    }
    /// S
    pub fn source(&self) -> &'a str {
        self.source
    }
    /// S
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }
    /// P
    pub fn pieces(&self) -> &[Piece<'a>] {
        &self.pieces
    }
    /// N
    pub fn names(&self) -> &[&'a str] {
        &self.names
    }
}
