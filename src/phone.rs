//! What is this number, and may it receive a code?
