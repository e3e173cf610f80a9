//! Which edits of a template's literals lower its count?

use alloc::string::String;
use alloc::vec::Vec;

use super::bounds::{Bounds, Extreme};
use super::finding::{Costs, Fix, apply};
use super::parse::Template;
use super::rendering::Rendering;
use super::values::Values;
use crate::capacity;
use crate::encoding::Encoding;
use crate::repair::Edit;
use crate::repair::Repair;
use crate::repair::repairs_within;
use crate::repair::to_gsm7_within;
use crate::segment::SegmentOptions;

/// Finds the sets of edits that lower the worst, the typical or the best count and raise none.
///
/// They are the best sets for the messages that the bounds are reached by, as
/// [`repairs`](crate::repair::repairs) finds them; each is made in the template, and its bounds are
/// computed anew. `reaches_gsm7` says whether something can be written for every character that
/// GSM-7 does not hold.
pub(super) fn fixes(
    bounds: &Bounds<'_>,
    values: &Values,
    before: Costs,
    reaches_gsm7: bool,
) -> Vec<Fix> {
    let template = bounds.template();
    let options = bounds.options();
    let mut sets: Vec<Vec<Edit>> = Vec::new();
    // While a literal has a character to repair, no message is GSM-7: the worst is under UCS-2.
    let worst = bounds.worst_in(Encoding::Ucs2);
    let typical = bounds.typical();
    for extreme in worst.into_iter().chain([typical, bounds.best()]) {
        let several = extreme.segments().get() > Some(1);
        if let Some(rendering) = several.then(|| rendering_of(extreme)).flatten() {
            let repairs = repairs_within(&rendering.text, &rendering.literals(), options);
            let edits = repairs.iter().map(|repair| in_source(&rendering, repair));
            sets.extend(edits.flatten());
        }
    }
    if let Some(rendering) = reaches_gsm7.then(|| rendering_of(typical)).flatten() {
        let repair = to_gsm7_within(&rendering.text, &rendering.literals(), options);
        sets.extend(repair.and_then(|repair| in_source(&rendering, &repair)));
    }
    sets.sort_by(|one, other| key(one).cmp(key(other)));
    sets.dedup_by(|one, other| key(one).eq(key(other)));
    let faults = Template::parse_lossy(template.source(), template.syntax())
        .1
        .len();
    let mut fixes: Vec<Fix> = sets
        .into_iter()
        .filter_map(|set| {
            let after = costs_after(template, faults, &set, values, options)?;
            let (new, old) = (after.counts(), before.counts());
            let raises = new.iter().zip(&old).any(|(new, old)| new > old);
            (!raises && new != old).then(|| Fix::new(set, before, after))
        })
        .collect();
    fixes.sort_by_key(|fix| (fix.after().counts(), price(fix), units(fix)));
    let mut kept: Vec<Fix> = Vec::new();
    for fix in fixes {
        let beats = |other: &Fix| {
            let counts = other.after().counts();
            let lower = counts
                .iter()
                .zip(fix.after().counts())
                .all(|(a, b)| *a <= b);
            let (other, this) = (price(other), price(&fix));
            lower && other.0 <= this.0 && other.1 <= this.1
        };
        if !kept.iter().any(beats) {
            kept.push(fix);
        }
    }
    kept
}

/// Unsafe edits, and all.
fn price(fix: &Fix) -> (usize, usize) {
    let edits = fix.edits();
    let unsafe_edits = edits.iter().filter(|edit| !edit.is_safe());
    (unsafe_edits.count(), edits.len())
}

fn units(fix: &Fix) -> Option<usize> {
    fix.after()
        .worst()
        .units()
        .or(fix.after().typical().units())
}

/// Where the edits are and what they write.
fn key(edits: &[Edit]) -> impl Iterator<Item = (usize, usize, &str)> {
    let edits = edits.iter();
    edits.map(|edit| (edit.range().start, edit.range().end, edit.replacement()))
}

fn rendering_of(extreme: Extreme<'_>) -> Option<Rendering> {
    // Longer messages cannot be sent.
    extreme
        .segments()
        .get()
        .filter(|segments| *segments <= capacity::MAX_SEGMENTS)?;
    let witness = extreme.witness()?;
    Some(Rendering::new(extreme.template(), &witness))
}

/// The edits of a message as edits of the template.
fn in_source(rendering: &Rendering, repair: &Repair) -> Option<Vec<Edit>> {
    let moved = |edit: &Edit| Some(edit.moved_to(rendering.source_range_of(edit.range())?));
    let edits: Option<Vec<Edit>> = repair.edits().iter().map(moved).collect();
    let mut edits = edits?;
    // A literal in a loop is written several times, and edited once.
    edits.sort_by_key(|edit| edit.range().start);
    edits.dedup_by_key(|edit| edit.range());
    let apart = edits
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if a.range().end <= b.range().start));
    apart.then_some(edits)
}

/// What the template costs with the edits made, or `None` where they would make it another template:
/// an apostrophe that quotes, say.
fn costs_after(
    template: &Template<'_>,
    faults_before: usize,
    edits: &[Edit],
    values: &Values,
    options: SegmentOptions<'_>,
) -> Option<Costs> {
    let edited: String = apply(edits, template.source());
    let (after, faults) = Template::parse_lossy(&edited, template.syntax());
    let names = |template: &Template<'_>| {
        let placeholders = template.placeholders();
        placeholders
            .map(|placeholder| String::from(placeholder.name()))
            .collect::<Vec<_>>()
    };
    if faults.len() != faults_before || names(&after) != names(template) {
        return None;
    }
    let bounds = after.bounds_with_options(values, options).ok()?;
    Some(Costs::of(&bounds))
}
