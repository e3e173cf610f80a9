//! The user's table of regions: which channels they have, and what these cost.

use std::path::Path;

use septet::phone::Coverage;

use crate::Failure;

pub(crate) fn read(_path: &Path) -> Result<Coverage, Failure> {
    Ok(Coverage::new())
}
