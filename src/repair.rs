//! What can be written in place of a character that forces UCS-2, and what does that save?
