//! What does a template cost, for every value that its placeholders can take?
