//! Feeds the corpus to every target, without a fuzzer.

use std::fs;
use std::path::Path;

#[test]
fn the_corpus_breaks_no_promise() {
    for (name, target) in septet_fuzz::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("corpus")
            .join(name);
        let mut inputs = 0;
        for entry in fs::read_dir(&folder).expect("every target has a corpus") {
            let path = entry.expect("the corpus can be read").path();
            println!("{}", path.display());
            target(&fs::read(&path).expect("an input can be read"));
            inputs += 1;
        }
        assert!(inputs > 0, "{name} has inputs");
    }
}
