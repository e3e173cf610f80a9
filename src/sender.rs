//! Who does a message come from, may it, and how is that written in octets?
