//! What a template holds, in every syntax; what is wrong with it, and where; and that nothing makes the
//! reader panic, overflow its stack or take more than linear time.

#![cfg(feature = "alloc")]

#[path = "support/cases.rs"]
mod cases;

use cases::cases;
use proptest::prelude::*;
use septet::template::{ControlKind, MalformedReason, Piece, Syntax, Template, UnknownSyntax};

use Syntax::{
    Brace, Colon, Dlt, DollarBrace, DollarDollarBrace, DoubleAt, DoubleBrace, Fluent, Hashes,
    PercentBrace, PercentParen, Printf,
};

/// Writes the tape: `<name>`, branches as `(a|b)`, with `?` behind where no arm may be taken, loops as
/// `[a]`, `~` for what is silent, `·` between pieces of text.
fn shape(template: &Template<'_>) -> String {
    let mut shape = String::new();
    let mut was_text = false;
    for piece in template.pieces() {
        let is_text = matches!(piece, Piece::Literal(_));
        if is_text && was_text {
            shape.push('·');
        }
        was_text = is_text;
        match piece {
            Piece::Literal(literal) => shape += literal.text(),
            Piece::Placeholder(placeholder) => {
                shape += &format!("<{}>", placeholder.name());
            }
            Piece::Control(control) => {
                shape += match control.kind() {
                    ControlKind::BranchStart => "(",
                    ControlKind::NextArm => "|",
                    ControlKind::BranchEnd { exhaustive: true } => ")",
                    ControlKind::BranchEnd { exhaustive: false } => ")?",
                    ControlKind::LoopStart => "[",
                    ControlKind::LoopEnd => "]",
                    ControlKind::Silent => "~",
                    _ => unreachable!("a kind that this test does not know"),
                }
            }
            _ => unreachable!("a piece that this test does not know"),
        }
    }
    shape
}

/// What holds of every template, however bad its source.
#[track_caller]
fn assert_sound(template: &Template<'_>) {
    let source = template.source();
    let mut end = 0;
    let mut blocks = Vec::new();
    let mut used = vec![false; template.names().len()];
    let mut named = 0;
    for piece in template.pieces() {
        let span = piece.span();
        assert_eq!(span.start, end, "pieces are contiguous");
        end = span.end;
        let spelled = &source[span.clone()];
        match piece {
            Piece::Literal(literal) => {
                assert!(!span.is_empty(), "no empty text");
                assert!(
                    spelled.contains(literal.text()),
                    "text is a slice of its span"
                );
                let from = literal.text().as_ptr() as usize - source.as_ptr() as usize;
                assert!(span.start <= from && from + literal.text().len() <= span.end);
            }
            Piece::Placeholder(placeholder) => {
                let index = placeholder.index();
                assert_eq!(template.names()[index], placeholder.name());
                if !used[index] {
                    assert_eq!(index, named, "names are in order of first use");
                    named += 1;
                    used[index] = true;
                }
            }
            Piece::Control(control) => match control.kind() {
                ControlKind::BranchStart => blocks.push(false),
                ControlKind::LoopStart => blocks.push(true),
                ControlKind::NextArm => assert_eq!(blocks.last(), Some(&false)),
                ControlKind::BranchEnd { .. } => assert_eq!(blocks.pop(), Some(false)),
                ControlKind::LoopEnd => assert_eq!(blocks.pop(), Some(true)),
                _ => {}
            },
            _ => unreachable!("a piece that this test does not know"),
        }
    }
    assert_eq!(end, source.len(), "pieces reach to the end");
    assert!(blocks.is_empty(), "every block ends");
    assert!(used.into_iter().all(|used| used), "every name is used");
    let adjacent = template.pieces().windows(2);
    for pair in adjacent {
        if let [Piece::Literal(one), Piece::Literal(two)] = pair {
            let is_plain = |it: &septet::template::Literal<'_>| it.text().len() == it.span().len();
            assert!(
                template.syntax() == DoubleBrace || !(is_plain(one) && is_plain(two)),
                "a run of text is one piece"
            );
        }
    }
}

#[track_caller]
fn assert_shapes(syntax: Syntax, rows: &[(&str, &str)]) {
    for (source, expected) in rows {
        let template = Template::parse(source, syntax)
            .unwrap_or_else(|fault| panic!("{source:?}: {fault} ({})", fault.reason().name()));
        assert_eq!(shape(&template), *expected, "{source:?}");
        assert_sound(&template);
    }
}

/// A source, its faults as reason and what they span, and the shape that is left.
type Faulty<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

#[track_caller]
fn assert_faults(syntax: Syntax, rows: &[Faulty<'_>]) {
    for (source, expected, left) in rows {
        let (template, faults) = Template::parse_lossy(source, syntax);
        let found: Vec<_> = faults
            .iter()
            .map(|fault| (fault.reason().name(), &source[fault.span()]))
            .collect();
        assert_eq!(found, *expected, "{source:?}");
        assert_eq!(shape(&template), *left, "{source:?}");
        assert_sound(&template);
        let first = Template::parse(source, syntax).unwrap_err();
        assert_eq!(first, faults[0], "{source:?}");
        assert!(
            faults.is_sorted_by_key(|fault| fault.span().start),
            "{source:?}"
        );
        assert!(faults.iter().all(|fault| fault.syntax() == syntax));
    }
}

#[test]
fn dollar_brace_is_a_name_in_braces_and_has_no_escape() {
    assert_shapes(
        DollarBrace,
        &[
            ("", ""),
            ("Your code", "Your code"),
            ("${code}", "<code>"),
            ("${org.name}: ${code}.", "<org.name>: <code>."),
            ("$${code}", "$<code>"),
            ("${a}${b}${a}", "<a><b><a>"),
            (
                "${0} ${items[0].name} ${first-name} ${_x}",
                "<0> <items[0].name> <first-name> <_x>",
            ),
            ("${prénom}", "<prénom>"),
            ("$ 5, $5, {code}, $code, 5$", "$ 5, $5, {code}, $code, 5$"),
            ("}${code}}", "}<code>}"),
        ],
    );
    assert_faults(
        DollarBrace,
        &[
            ("a ${} b", &[("empty-name", "${}")], "a ${} b"),
            ("a ${  } b", &[("empty-name", "${  }")], "a ${  } b"),
            (
                "a ${ code } b",
                &[("bad-name", "${ code }")],
                "a ${ code } b",
            ),
            ("${a b}", &[("bad-name", "${a b}")], "${a b}"),
            ("${a.}", &[("bad-name", "${a.}")], "${a.}"),
            ("${a..b}", &[("bad-name", "${a..b}")], "${a..b}"),
            ("${a:-b}", &[("bad-name", "${a:-b}")], "${a:-b}"),
            ("Hi ${code", &[("unclosed", "${code")], "Hi ${code"),
            ("Hi ${code\n}", &[("unclosed", "${code")], "Hi ${code\n}"),
            (
                "Hi ${code is ${b}",
                &[("unclosed", "${code")],
                "Hi ${code is <b>",
            ),
            ("${", &[("unclosed", "${")], "${"),
            ("${${a}", &[("unclosed", "${")], "${<a>"),
            (
                "${} ${a} ${b",
                &[("empty-name", "${}"), ("unclosed", "${b")],
                "${} <a> ${b",
            ),
        ],
    );
}

#[test]
fn dollar_dollar_brace_is_what_a_file_of_hcl_holds() {
    assert_shapes(
        DollarDollarBrace,
        &[
            ("$${org.name}: $${code}", "<org.name>: <code>"),
            ("$$${code}", "$<code>"),
            ("50 % or $5 or $$5 {x}", "50 % or $5 or $$5 {x}"),
            ("%%{ if }", "%{· if }"),
        ],
    );
    assert_faults(
        DollarDollarBrace,
        &[
            ("Hi ${code}", &[("evaluated", "${code}")], "Hi ${code}"),
            ("Hi ${code", &[("evaluated", "${code")], "Hi ${code"),
            ("%{ if x }a", &[("evaluated", "%{ if x }")], "%{ if x }a"),
            ("$${}", &[("empty-name", "$${}")], "$${}"),
            ("$${ x }", &[("bad-name", "$${ x }")], "$${ x }"),
            ("$${x", &[("unclosed", "$${x")], "$${x"),
        ],
    );
}

#[test]
fn double_brace_is_a_name_with_or_without_filters() {
    assert_shapes(
        DoubleBrace,
        &[
            (
                "{{code}} {{ code }} {{{code}}} {{& code}}",
                "<code> <code> <code> <code>",
            ),
            (
                "{{ .Code }}{{.User.Name}}{{ $.Code }}{{.}}",
                "<Code><User.Name><Code><.>",
            ),
            (
                "{{this.name}}{{../name}}{{@index}}{{a/b}}{{$x}}",
                "<this.name><../name><@index><a/b><$x>",
            ),
            (
                "{{1}} {{first-name}} {{a[0].b}} {{a['k']}}",
                "<1> <first-name> <a[0].b> <a['k']>",
            ),
            ("{{ code | upper }}{{code|default:\"}}\"}}", "<code><code>"),
            ("{{ .Code | printf \"%s\" }}", "<Code>"),
            ("{code} ${code} } }} {", "{code} ${code} } }} {"),
            ("{\"a\":{{x}}}", "{\"a\":<x>}"),
            ("${{x}}", "$<x>"),
            ("{{\"{{\"}}x{{ 'it' }}{{`}}`}}", "{{·x·it·}}"),
            ("\\{{x}} and {{y}}", "{{x}} and <y>"),
            ("a\\{{x}}\\{{y}}{{z}}", "a·{{x}}·{{y}}<z>"),
            ("\\\\{{x}}", "\\<x>"),
            ("\\x", "\\x"),
        ],
    );
    assert_faults(
        DoubleBrace,
        &[
            ("a {{}} b", &[("empty-name", "{{}}")], "a {{}} b"),
            ("{{code", &[("unclosed", "{{")], "{{code"),
            ("{{code} is", &[("unclosed", "{{")], "{{code} is"),
            ("{{a {{b}}", &[("unclosed", "{{")], "{{a <b>"),
            ("{{{a}} b", &[("unclosed", "{{{")], "{{{a}} b"),
            (
                "{{t \"x\"}}",
                &[("unsupported", "{{t \"x\"}}")],
                "{{t \"x\"}}",
            ),
            (
                "{{ f(x) }}{{a + b}}",
                &[("unsupported", "{{ f(x) }}"), ("unsupported", "{{a + b}}")],
                "{{ f(x) }}{{a + b}}",
            ),
            ("{{t x}}", &[("unsupported", "{{t x}}")], "{{t x}}"),
            (
                "{{> footer}}",
                &[("unsupported", "{{> footer}}")],
                "{{> footer}}",
            ),
            (
                "{{=<% %>=}}",
                &[("unsupported", "{{=<% %>=}}")],
                "{{=<% %>=}}",
            ),
            (
                "{{\"a\\\"b\"}}",
                &[("unsupported", "{{\"a\\\"b\"}}")],
                "{{\"a\\\"b\"}}",
            ),
            ("{{a.}}", &[("bad-name", "{{a.}}")], "{{a.}}"),
            ("{{!}}{{%}}", &[("bad-name", "{{%}}")], "~{{%}}"),
            (
                "{{ don't }} and {{ can't }} {{x}}",
                &[("bad-name", "{{ don't }}"), ("bad-name", "{{ can't }}")],
                "{{ don't }} and {{ can't }} <x>",
            ),
        ],
    );
}

#[test]
fn sections_are_loops_and_conditions_are_branches() {
    assert_shapes(
        DoubleBrace,
        &[
            // Handlebars and Mustache.
            ("{{#if a}}A{{/if}}", "(A)?"),
            ("{{#if a}}A{{else}}B{{/if}}", "(A|B)"),
            ("{{#if a}}A{{^}}B{{/if}}", "(A|B)"),
            ("{{#if a}}A{{else if b}}B{{/if}}", "(A|B)?"),
            ("{{#if a}}A{{else if b}}B{{else}}C{{/if}}", "(A|B|C)"),
            ("{{#unless a}}{{b}}{{/unless}}", "(<b>)?"),
            ("{{#with a}}{{b}}{{/with}}", "(<b>)?"),
            ("{{#each a}}{{this}}, {{/each}}", "[<this>, ]"),
            (
                "{{#each a}}{{this}}{{else}}none{{/each}}",
                "[<this>](none)?",
            ),
            ("{{#a}}x{{/a}}{{^a}}y{{/a}}", "[x](y)?"),
            ("{{# a }}x{{/ a }}", "[x]"),
            ("{{#a}}{{#if b}}{{c}}{{/if}}{{/a}}", "[(<c>)?]"),
            ("a{{! it's }}b{{!-- }} --}}c", "a~b~c"),
            // Go.
            ("{{if .A}}A{{end}}", "(A)?"),
            ("{{if .A}}A{{else if .B}}B{{else}}C{{end}}", "(A|B|C)"),
            ("{{range .A}}{{.}}{{else}}none{{end}}", "[<.>](none)?"),
            ("{{with .A}}{{.B}}{{end}}", "(<B>)?"),
            ("{{/* it's }} */}}a{{$x := .Y}}b{{$x = 1}}", "~a~b~"),
            ("{{if eq .A \"}}\"}}A{{end}}", "(A)?"),
            // Jinja, Liquid, Django.
            (
                "{% if a %}A{% elif b %}B{% elsif c %}C{% else %}D{% endif %}",
                "(A|B|C|D)",
            ),
            ("{% unless a %}A{% endunless %}", "(A)?"),
            ("{% for a in b %}{{ a }}{% endfor %}", "[<a>]"),
            (
                "{% for a in b %}{{ a }}{% else %}none{% endfor %}",
                "[<a>](none)?",
            ),
            (
                "{% for a in b %}{{ a }}{% empty %}none{% endfor %}",
                "[<a>](none)?",
            ),
            (
                "{% case a %} {% when 1 %}A{% when 2 %}B{% else %}C{% endcase %}",
                "(~~A|B|C)",
            ),
            ("{% case a %}{% when 1 %}A{% endcase %}", "(~A)?"),
            (
                "a{# it's {{x}} #}b{% comment %}{{ {% x %}{% endcomment %}c",
                "a~b~c",
            ),
            (
                "{% assign a = 1 %}{% set b = 2 %}{% load x %}{% # it's %}z",
                "~~~~z",
            ),
            (
                "{% raw %}{{x}}{% if %}{% endraw %}{{y}}",
                "~{{x}}{% if %}~<y>",
            ),
            ("{% verbatim %}{{x}}{%endverbatim%}", "~{{x}}~"),
            ("{% block a %}{{x}}{% endblock %}", "~<x>~"),
            // Nested, of different families.
            (
                "{% if a %}{{#each b}}{{if .C}}c{{end}}{{/each}}{% endif %}",
                "([(c)?])?",
            ),
        ],
    );
}

#[test]
fn tags_that_do_not_pair_are_faults_and_stay_text() {
    assert_faults(
        DoubleBrace,
        &[
            (
                "{{#if a}}A{{b}}",
                &[("unclosed-block", "{{#if a}}")],
                "{{#if a}}A<b>",
            ),
            (
                "{{#if a}}A{{else}}B",
                &[("unclosed-block", "{{#if a}}")],
                "{{#if a}}A{{else}}B",
            ),
            ("A{{/if}}", &[("unbalanced-tag", "{{/if}}")], "A{{/if}}"),
            (
                "A{{else}}B",
                &[("unbalanced-tag", "{{else}}")],
                "A{{else}}B",
            ),
            ("A{{end}}", &[("unbalanced-tag", "{{end}}")], "A{{end}}"),
            (
                "{% endif %}",
                &[("unbalanced-tag", "{% endif %}")],
                "{% endif %}",
            ),
            (
                "{% else %}",
                &[("unbalanced-tag", "{% else %}")],
                "{% else %}",
            ),
            (
                "{% when 1 %}",
                &[("unbalanced-tag", "{% when 1 %}")],
                "{% when 1 %}",
            ),
            (
                "{% endraw %}",
                &[("unbalanced-tag", "{% endraw %}")],
                "{% endraw %}",
            ),
            (
                "{{#if a}}{{#each b}}x{{/if}}{{/each}}",
                &[
                    ("unclosed-block", "{{#each b}}"),
                    ("unbalanced-tag", "{{/each}}"),
                ],
                "({{#each b}}x)?{{/each}}",
            ),
            (
                "{% if a %}{{if .B}}x{% endif %}{{end}}",
                &[
                    ("unclosed-block", "{{if .B}}"),
                    ("unbalanced-tag", "{{end}}"),
                ],
                "({{if .B}}x)?{{end}}",
            ),
            (
                "{{#if a}}A{{else}}B{{else}}C{{/if}}",
                &[("unbalanced-tag", "{{else}}")],
                "(A|B{{else}}C)",
            ),
            (
                "{% for a in b %}x{% else %}y",
                &[("unclosed-block", "{% for a in b %}")],
                "{% for a in b %}x{% else %}y",
            ),
            (
                "{% case a %}x{% when 1 %}A{% when 2 %}B{% endcase %}",
                &[("unbalanced-tag", "{% when 1 %}")],
                "(x{% when 1 %}A|B)?",
            ),
            (
                "{% raw %}{{x}}",
                &[("unclosed-block", "{% raw %}")],
                "{% raw %}<x>",
            ),
            ("{{#}}", &[("empty-name", "{{#}}")], "{{#}}"),
            ("{% %}", &[("empty-name", "{% %}")], "{% %}"),
            (
                "{% include 'a' %}",
                &[("unsupported", "{% include 'a' %}")],
                "{% include 'a' %}",
            ),
            ("{% if a", &[("unclosed", "{%")], "{% if a"),
            ("{# a", &[("unclosed", "{#")], "{# a"),
            ("{{! a", &[("unclosed", "{{")], "{{! a"),
            ("{{!-- a }}", &[("unclosed", "{{")], "{{!-- a }}"),
            ("{{/* a }}", &[("unclosed", "{{")], "{{/* a }}"),
            // A block that nobody knows is one fault, not one for each of its tags.
            (
                "{{#link a}}{{b}}{{else}}c{{/link}}",
                &[("unsupported", "{{#link a}}")],
                "{{#link a}}<b>{{else}}c{{/link}}",
            ),
            (
                "{% capture a %}{{b}}{% endcapture %}",
                &[("unsupported", "{% capture a %}")],
                "{% capture a %}<b>{% endcapture %}",
            ),
            (
                "{{define \"a\"}}b{{end}}",
                &[("unsupported", "{{define \"a\"}}")],
                "{{define \"a\"}}b{{end}}",
            ),
        ],
    );
}

#[test]
fn removed_white_space_is_silent() {
    assert_shapes(
        DoubleBrace,
        &[
            ("a \n {{- b -}} \n c", "a~<b>~c"),
            ("a {{~b~}} c", "a~<b>~c"),
            ("a {{-b}} c {{b-}} d", "a~<b> c <b>~d"),
            ("a {%- if b -%} c {%- endif -%} d", "a~(~c~)?~d"),
            ("a {{- if .B -}} c {{- end -}} d", "a~(~c~)?~d"),
            ("{{a -}}  {{- b}}", "<a>~<b>"),
            ("a {%+ if b +%} c {% endif %}", "a ( c )?"),
            ("a {#- b -#} c", "a~~~c"),
            ("a {{- /* b */ -}} c", "a~~~c"),
            ("a {{~!-- b --~}} c", "a~~~c"),
            ("a {%- raw -%} {{x}} {%- endraw -%} b", "a~~~{{x}}~~~b"),
            ("a {% if b %} c {% endif %} d", "a ( c )? d"),
        ],
    );
    let template = Template::parse("a {{- b -}} c", DoubleBrace).unwrap();
    assert_eq!(template.placeholders().next().unwrap().span(), 2..11);
}

#[test]
fn a_tag_of_handlebars_alone_on_its_line_removes_the_line() {
    assert_shapes(
        DoubleBrace,
        &[
            ("{{#if a}}\nA\n{{else}}\nB\n{{/if}}\nC", "(~A\n|~B\n)~C"),
            ("x\n  {{#a}}  \r\ny{{/a}}", "x\n~[~y]"),
            ("x {{#a}}\ny\n{{/a}}", "x [\ny\n]"),
            ("x\n{{! note }}\ny", "x\n~~y"),
            // Only theirs.
            ("{% if a %}\nA\n{% endif %}\nC", "(\nA\n)?\nC"),
            ("{{if .A}}\nA\n{{end}}\nC", "(\nA\n)?\nC"),
            ("{{a}}\nb", "<a>\nb"),
        ],
    );
}

#[test]
fn percent_brace_is_a_name_in_braces_and_doubled_it_is_a_per_cent_sign() {
    assert_shapes(
        PercentBrace,
        &[
            (
                "%{code} is your %{org.name} code",
                "<code> is your <org.name> code",
            ),
            ("100%% of %%{code}", "100·%· of ·%·{code}"),
            ("100 % sure, 5%, {x}", "100 % sure, 5%, {x}"),
        ],
    );
    assert_faults(
        PercentBrace,
        &[
            ("%{}", &[("empty-name", "%{}")], "%{}"),
            ("%{ a }", &[("bad-name", "%{ a }")], "%{ a }"),
            ("%{a", &[("unclosed", "%{a")], "%{a"),
        ],
    );
}

#[test]
fn brace_is_a_name_or_number_with_or_without_a_format() {
    assert_shapes(
        Brace,
        &[
            (
                "{code} {0} { code } {a.b} {a[0]}",
                "<code> <0> <code> <a.b> <a[0]>",
            ),
            ("{0,number}{0,number,#.##}{d, date, ::yMMMd}", "<0><0><d>"),
            ("{x:>5}{x!r:>5}{0:N2}{0,-8:N2}{0,5}", "<x><x><0><0><0>"),
            ("$5 } ${x}", "$5 } $<x>"),
            ("{x}}", "<x>}"),
        ],
    );
    assert_faults(
        Brace,
        &[
            ("a {} b", &[("empty-name", "{}")], "a {} b"),
            ("a { } b", &[("empty-name", "{ }")], "a { } b"),
            ("a {b c} d", &[("bad-name", "{b c}")], "a {b c} d"),
            ("a {$b} d", &[("bad-name", "{$b}")], "a {$b} d"),
            (
                "a {b, colour} d",
                &[("bad-name", "{b, colour}")],
                "a {b, colour} d",
            ),
            ("a {b", &[("unclosed", "{b")], "a {b"),
            ("a {b {c}", &[("unclosed", "{b")], "a {b <c>"),
            ("a { b", &[("unclosed", "{ b")], "a { b"),
            ("{", &[("unclosed", "{")], "{"),
            ("{{code}}", &[("doubled-brace", "{{code}}")], "{{code}}"),
            (
                "{{ a {b} }}",
                &[("doubled-brace", "{{"), ("doubled-brace", "}}")],
                "{{ a <b> }}",
            ),
            (
                "{0,choice,0#no|1#one}",
                &[("unsupported", "{0,choice,0#no|1#one}")],
                "{0,choice,0#no|1#one}",
            ),
        ],
    );
}

#[test]
fn an_apostrophe_quotes_only_before_a_brace() {
    assert_shapes(
        Brace,
        &[
            ("it's {x}", "it's <x>"),
            ("it''s {x}", "it·'·s <x>"),
            ("'{'x'}' {y}", "{·x·}· <y>"),
            ("a '{code}' b", "a ·{code}· b"),
            ("'{a''b}'", "{a'·b}"),
            ("'{''' x", "{'~ x"),
            ("''{x}''", "'<x>'"),
            (
                "'#' {n, plural, other {'#' # '' it's '{#}'}}",
                "'#' (#· <n> ·'· it's ·{#})",
            ),
            ("{n, select, other {'#' #}}", "('#' #)"),
        ],
    );
    assert_faults(
        Brace,
        &[
            ("l'{org} a", &[("unclosed-quote", "'")], "l'<org> a"),
            (
                "'{''{x}",
                &[("unclosed-quote", "'"), ("unclosed", "{")],
                "'{·'<x>",
            ),
        ],
    );
}

#[test]
fn choices_are_branches_and_the_sign_for_the_number_is_a_placeholder() {
    assert_shapes(
        Brace,
        &[
            (
                "{count, plural, offset:1 =0 {none} one {# item} other {# items}}",
                "(none|<count> item|<count> items)",
            ),
            (
                "{g, select, f {her {x}} m {his} other {their}} bag",
                "(her <x>|his|their) bag",
            ),
            ("{n,selectordinal,one{#st}other{#th}}", "(<n>st|<n>th)"),
            (
                "{a, plural, other {# {b, plural, other {#}} #}}",
                "(<a> (<b>) <a>)",
            ),
            ("{a, plural, other {{b, select, other {#}}}}", "((#))"),
            ("{a, plural, other {}}", "()"),
            ("{a,\n plural,\n  other {\n}\n}", "(\n)"),
        ],
    );
    assert_faults(
        Brace,
        &[
            (
                "a {n, plural, one {# x}} b",
                &[("missing-other", "{n, plural,")],
                "a (<n> x)? b",
            ),
            (
                "{g, select, =1 {x} other {y}}{z}",
                &[("bad-arm", "=")],
                "{g, select, =1 {x} other {y}}<z>",
            ),
            ("{n, plural}", &[("bad-arm", "{n, plural")], "{n, plural}"),
            (
                "{n, plural, }",
                &[("bad-arm", "{n, plural, }")],
                "{n, plural, }",
            ),
            (
                "{n, plural, one {{x}} two} {y}",
                &[("bad-arm", "two")],
                "{n, plural, one {<x>} two} <y>",
            ),
            (
                "{n, plural, one {a} other b {c} d} {y}",
                &[("bad-arm", "other")],
                "{n, plural, one {a} other b {c} d} <y>",
            ),
            (
                "{n, plural, other {# {x}",
                &[("unclosed", "{n, plural,")],
                "{n, plural, other {<n> <x>",
            ),
            (
                "{n, plural, offset:1 ",
                &[("unclosed", "{n, plural,")],
                "{n, plural, offset:1 ",
            ),
            (
                "{n, plural, offset:1 }",
                &[("bad-arm", "}")],
                "{n, plural, offset:1 }",
            ),
            (
                "{n, plural, one {a} ",
                &[("unclosed", "{n, plural,")],
                "{n, plural, one {a} ",
            ),
        ],
    );
}

#[test]
fn printf_names_are_positions() {
    assert_shapes(
        Printf,
        &[
            ("%s is %d of %@", "<1> is <2> of <3>"),
            ("%2$s %1$s %2$d", "<2> <1> <2>"),
            ("%1$s %s", "<1> <1>"),
            (
                "%5.2f%-5s%+d%05d%lld%1$@%.3s%#x%'d%c%p",
                "<1><2><3><4><5><1><6><7><8><9><10>",
            ),
            ("100%% sure", "100·%· sure"),
            ("%%%s%%", "%<1>%"),
        ],
    );
    assert_faults(
        Printf,
        &[
            ("100 % sure", &[("unknown-conversion", "%")], "100 % sure"),
            ("100%", &[("unknown-conversion", "%")], "100%"),
            ("5%, %s", &[("unknown-conversion", "%")], "5%, <1>"),
            ("%y", &[("unknown-conversion", "%y")], "%y"),
            ("%5", &[("unknown-conversion", "%5")], "%5"),
            ("%1$", &[("unknown-conversion", "%1$")], "%1$"),
            ("%0$s", &[("unknown-conversion", "%0")], "%0$s"),
            ("%(x)s", &[("unknown-conversion", "%")], "%(x)s"),
            ("%*d", &[("unknown-conversion", "%")], "%*d"),
            ("%é", &[("unknown-conversion", "%")], "%é"),
        ],
    );
    let thousand = "%s".repeat(1000);
    let (template, faults) = Template::parse_lossy(&thousand, Printf);
    assert_eq!(template.names().len(), 999);
    assert_eq!(template.names()[8..11], ["9", "10", "11"]);
    assert_eq!(template.names()[998], "999");
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].reason(), MalformedReason::TooManyArguments);
    assert_eq!(faults[0].span(), 1998..2000);
}

#[test]
fn percent_paren_is_a_name_and_a_conversion() {
    assert_shapes(
        PercentParen,
        &[
            ("%(code)s and %(n)05.2f", "<code> and <n>"),
            ("100%% of %(a)d%%", "100·%· of <a>%"),
        ],
    );
    assert_faults(
        PercentParen,
        &[
            (
                "%(code) some",
                &[("unknown-conversion", "%(code)")],
                "%(code) some",
            ),
            ("%(code", &[("unclosed", "%(code")], "%(code"),
            ("%()s", &[("empty-name", "%()s")], "%()s"),
            ("%( a )s", &[("bad-name", "%( a )s")], "%( a )s"),
            (
                "100% sure %s",
                &[("unknown-conversion", "%"), ("unknown-conversion", "%")],
                "100% sure %s",
            ),
        ],
    );
}

#[test]
fn hashes_are_four() {
    assert_shapes(
        Hashes,
        &[
            ("Your code is {####}.", "Your code is <####>."),
            (
                "{username}: {####}, {code} #1",
                "<username>: <####>, {code} #1",
            ),
        ],
    );
    assert_faults(
        Hashes,
        &[
            ("{###}", &[("bad-name", "{###}")], "{###}"),
            ("{#####}", &[("bad-name", "{#####}")], "{#####}"),
            ("{####", &[("unclosed", "{####")], "{####"),
            ("{##Verify##}", &[("unclosed", "{##")], "{##Verify##}"),
        ],
    );
}

#[test]
fn a_colon_begins_a_name_only_where_no_word_stands_before_it() {
    assert_shapes(
        Colon,
        &[
            (":code is :app's", "<code> is <app>'s"),
            (
                "at 12:30, http://a.b, a::b, ::c, x:y",
                "at 12:30, http://a.b, a::b, ::c, x:y",
            ),
            (
                "Code: :code. (:b):c :d_1-2",
                "Code: <code>. (<b>)<c> <d_1>-2",
            ),
            (":1 : :", ":1 : :"),
            ("é:a", "é:a"),
            (":été", "<été>"),
        ],
    );
}

#[test]
fn double_at_is_a_name_between_two_signs_each() {
    assert_shapes(
        DoubleAt,
        &[
            ("@@code@@ at a@b.c", "<code> at a@b.c"),
            ("@@a.b@@@@c@@", "<a.b><c>"),
        ],
    );
    assert_faults(
        DoubleAt,
        &[
            ("@@@@", &[("empty-name", "@@@@")], "@@@@"),
            ("@@a b@@", &[("bad-name", "@@a b@@")], "@@a b@@"),
            ("@@a@ b", &[("unclosed", "@@a")], "@@a@ b"),
            (
                "@@a\n@@",
                &[("unclosed", "@@a"), ("unclosed", "@@")],
                "@@a\n@@",
            ),
        ],
    );
}

#[test]
fn fluent_is_a_variable_or_a_string() {
    assert_shapes(
        Fluent,
        &[
            ("{ $code } {$code} {\n$a-b }", "<code> <code> <a-b>"),
            (
                "{ NUMBER($n, minimumFractionDigits: 2) }{DATETIME($d)}",
                "<n><d>",
            ),
            ("{ \"{\" }x{\"}\"}{\"\"}", "{·x·}·"),
            ("$code", "$code"),
        ],
    );
    assert_faults(
        Fluent,
        &[
            ("{}", &[("empty-name", "{}")], "{}"),
            ("{ $ }", &[("empty-name", "{ $ }")], "{ $ }"),
            ("{ $a.b }", &[("bad-name", "{ $a.b }")], "{ $a.b }"),
            ("{ -brand }", &[("unsupported", "{ -brand }")], "{ -brand }"),
            ("{ code }", &[("unsupported", "{ code }")], "{ code }"),
            (
                "{ \"\\u0041\" }",
                &[("unsupported", "{ \"\\u0041\" }")],
                "{ \"\\u0041\" }",
            ),
            ("{ $a", &[("unclosed", "{ $a")], "{ $a"),
            ("a } b", &[("stray-brace", "}")], "a } b"),
            (
                "{ $n ->\n [one] a\n *[other] { $n } b\n } { $c }",
                &[("unsupported", "{ $n")],
                "{ $n ->\n [one] a\n *[other] { $n } b\n } <c>",
            ),
            (
                "{ $n ->\n *[other] b\n}",
                &[("unsupported", "{ $n ->\n *[other] b\n}")],
                "{ $n ->\n *[other] b\n}",
            ),
        ],
    );
}

#[test]
fn registered_templates_know_seven_names() {
    for name in [
        "var",
        "numeric",
        "alphanumeric",
        "url",
        "urlott",
        "cbn",
        "email",
    ] {
        let source = format!("Dear {{#{name}#}}, {{#var#}}");
        assert_shapes(Dlt, &[(&source, &format!("Dear <{name}>, <var>"))]);
    }
    assert_shapes(Dlt, &[("{var} #1 { #", "{var} #1 { #")]);
    assert_faults(
        Dlt,
        &[
            ("{#code#}", &[("bad-name", "{#code#}")], "{#code#}"),
            ("{#VAR#}", &[("bad-name", "{#VAR#}")], "{#VAR#}"),
            ("{# var #}", &[("bad-name", "{# var #}")], "{# var #}"),
            ("{##}", &[("empty-name", "{##}")], "{##}"),
            ("{#var}", &[("unclosed", "{#var")], "{#var}"),
            ("{#var #", &[("unclosed", "{#var")], "{#var #"),
        ],
    );
}

#[test]
fn without_a_syntax_all_is_text() {
    let source = "${a} {{b}} {c} %s {####} }";
    assert_shapes(Syntax::None, &[(source, source), ("", "")]);
    let template = Template::parse(source, Syntax::None).unwrap();
    assert!(template.near_misses().is_empty());
}

#[test]
fn names_are_listed_once_and_counted_as_often_as_they_stand_there() {
    let template = Template::parse("${b} ${a} ${b}", DollarBrace).unwrap();
    assert_eq!(template.names(), ["b", "a"]);
    let found: Vec<_> = template
        .placeholders()
        .map(|it| (it.name(), it.index(), it.span()))
        .collect();
    assert_eq!(found, [("b", 0, 0..4), ("a", 1, 5..9), ("b", 0, 10..14)]);
}

#[test]
fn every_syntax_has_a_name_and_an_example_of_its_own() {
    for syntax in Syntax::ALL.iter().copied() {
        assert_eq!(syntax.name().parse(), Ok(syntax));
        assert_eq!(syntax.to_string(), syntax.name());
        assert_eq!(syntax.name().to_uppercase().parse(), Ok(syntax));
        let expected = match syntax {
            Hashes => "<####>",
            Dlt => "<var>",
            Printf => "<1>",
            Syntax::None => "",
            _ => "<code>",
        };
        assert_shapes(syntax, &[(syntax.example(), expected)]);
        let detected = match syntax {
            Syntax::None | Colon | Printf => None,
            syntax => Some(syntax),
        };
        assert_eq!(Syntax::detect(syntax.example()), Ok(detected), "{syntax}");
    }
    let unknown: UnknownSyntax = "curly".parse::<Syntax>().unwrap_err();
    let message = unknown.to_string();
    for syntax in Syntax::ALL.iter().copied() {
        assert!(message.contains(syntax.name()), "{syntax}");
    }
    assert!(Syntax::ALL.is_sorted());
}

#[test]
fn the_longest_placeholder_at_a_place_decides() {
    for (text, expected) in [
        ("", None),
        ("Your code is 482913. At 12:30 100 % sure, 5 $, a@b.c", None),
        (":code %s %d %1$s", None),
        ("${} {{}} {} %{} {####", None),
        ("${a} ${b.c}", Some(DollarBrace)),
        ("$${a}", Some(DollarDollarBrace)),
        ("{{a}} {{{b}}} {{#if c}}d{{/if}}", Some(DoubleBrace)),
        ("{% if a %}b{% endif %}", Some(DoubleBrace)),
        ("${{a}}", Some(DoubleBrace)),
        ("%{a}", Some(PercentBrace)),
        ("{a} {0,number}", Some(Brace)),
        ("{n, plural, one {# x} other {# {y}}}", Some(Brace)),
        ("%(a)s", Some(PercentParen)),
        ("%(a) b", None),
        ("{####}", Some(Hashes)),
        ("{username}: {####}", Some(Hashes)),
        ("{####} {username}", Some(Hashes)),
        ("{username}", Some(Brace)),
        ("@@a@@", Some(DoubleAt)),
        ("{ $a }", Some(Fluent)),
        ("{#var#}", Some(Dlt)),
    ] {
        assert_eq!(Syntax::detect(text), Ok(expected), "{text:?}");
    }
}

#[test]
fn different_winners_at_different_places_are_ambiguous() {
    for (text, candidates, at) in [
        ("${a} {b}", &[DollarBrace, Brace][..], 5),
        ("{b} ${a}", &[DollarBrace, Brace], 4),
        ("${a} $${b}", &[DollarBrace, DollarDollarBrace], 5),
        ("{a} {{b}} ${c} {a}", &[DollarBrace, DoubleBrace, Brace], 4),
        ("%{a} %(b)s", &[PercentBrace, PercentParen], 5),
        ("{####} {code}", &[Brace, Hashes], 7),
        ("{username} ${a}", &[DollarBrace, Brace], 11),
        ("${a} {username}", &[DollarBrace, Brace], 5),
        ("{ $a } {a}", &[Brace, Fluent], 7),
    ] {
        let error = Syntax::detect(text).unwrap_err();
        assert!(
            error.candidates().eq(candidates.iter().copied()),
            "{text:?} {error}"
        );
        assert_eq!(error.at(), at, "{text:?}");
        for candidate in candidates {
            assert!(error.to_string().contains(candidate.name()));
        }
    }
}

#[test]
fn near_misses_are_found_with_their_right_spelling() {
    for (syntax, source, expected) in [
        (
            DollarBrace,
            "{code} $code {{code}} %{code} <code> $ {code} {{ code }} %(code)s @@code@@ {#code#} #{code} $(code) %code%",
            &[
                ("{code}", "code", "${code}"),
                ("$code", "code", "${code}"),
                ("{{code}}", "code", "${code}"),
                ("%{code}", "code", "${code}"),
                ("<code>", "code", "${code}"),
                ("$ {code}", "code", "${code}"),
                ("{{ code }}", "code", "${code}"),
                ("%(code)s", "code", "${code}"),
                ("@@code@@", "code", "${code}"),
                ("{#code#}", "code", "${code}"),
                ("#{code}", "code", "${code}"),
                ("$(code)", "code", "${code}"),
                ("%code%", "code", "${code}"),
            ][..],
        ),
        (
            DollarBrace,
            "${ code } ${code and $org.name.",
            &[
                ("${ code }", "code", "${code}"),
                ("${code", "code", "${code}"),
                ("$org.name", "org.name", "${org.name}"),
            ],
        ),
        (
            DollarBrace,
            "$5, <3, {}, US$x, {a b}, 5 % off, #1, a@b.c, {1}, ${}, 12:30, {x",
            &[],
        ),
        (
            DollarDollarBrace,
            "${code}",
            &[("${code}", "code", "$${code}")],
        ),
        (
            DoubleBrace,
            "{code} ${a.b}",
            &[("{code}", "code", "{{code}}"), ("${a.b}", "a.b", "{{a.b}}")],
        ),
        (DoubleBrace, "{% raw %}{code}{% endraw %} \\{{code}}", &[]),
        (Brace, "%{code} {code", &[("{code", "code", "{code}")]),
        (
            Brace,
            "l'{org} et l'{app} '{org}'",
            &[("'{org}", "org", "''{org}")],
        ),
        (PercentParen, "{a} %%(b)s", &[("{a}", "a", "%(a)s")]),
        (Hashes, "{code} {username", &[("{code}", "code", "{####}")]),
        (
            Dlt,
            "{#code#} ${url}",
            &[
                ("{#code#}", "code", "{#var#}"),
                ("${url}", "url", "{#url#}"),
            ],
        ),
        (Fluent, "$code", &[("$code", "code", "{ $code }")]),
        (Colon, "{code} {org.name}", &[("{code}", "code", ":code")]),
        (Printf, "{code}", &[]),
    ] {
        let (template, _) = Template::parse_lossy(source, syntax);
        let near = template.near_misses();
        let found: Vec<_> = near
            .iter()
            .map(|it| (&source[it.span()], it.name(), it.spelling()))
            .collect();
        assert_eq!(found, expected, "{syntax} {source:?}");
    }
}

#[test]
fn a_name_is_spelled_where_the_syntax_can() {
    for (syntax, spelled) in Syntax::ALL.iter().copied().zip([
        Some("${org.name}"),
        Some("$${org.name}"),
        Some("{{org.name}}"),
        Some("%{org.name}"),
        Some("{org.name}"),
        None,
        Some("%(org.name)s"),
        Some("{####}"),
        None,
        Some("@@org.name@@"),
        None,
        Some("{#var#}"),
        None,
    ]) {
        assert_eq!(syntax.spell("org.name").as_deref(), spelled, "{syntax}");
    }
    assert_eq!(DoubleBrace.spell("a b"), None);
    assert_eq!(DoubleBrace.spell("#if"), None);
    assert_eq!(Hashes.spell("username").as_deref(), Some("{username}"));
    assert_eq!(Dlt.spell("otp").as_deref(), Some("{#var#}"));
}

#[test]
fn every_fault_says_what_where_and_what_to_do() {
    let rows: &[(Syntax, &str, &str)] = &[
        (
            DollarBrace,
            "ab${code",
            "what opens at byte 2 is not closed; write a placeholder as ${code}",
        ),
        (
            DollarBrace,
            "${}",
            "the placeholder at byte 0 has no name; write it as ${code}",
        ),
        (
            DollarBrace,
            "${ a }",
            "what the placeholder at byte 0 holds is not a name; write it as ${code}",
        ),
        (
            Printf,
            "100%",
            "the per cent sign at byte 3 begins no conversion; write %% for the sign itself",
        ),
        (
            DoubleBrace,
            "{{#if a}}",
            "the block that starts at byte 0 does not end; close it inside what it stands in",
        ),
        (
            DoubleBrace,
            "{{/if}}",
            "the tag at byte 0 belongs to no open block; open one before it or remove it",
        ),
        (
            Brace,
            "{n, plural, one {x}}",
            "the choice at byte 0 has no arm for all other values; add other {...}",
        ),
        (
            Brace,
            "{n, plural, x}",
            "no arm of a choice begins at byte 12; write arms as one {...} other {...}",
        ),
        (
            Brace,
            "'{",
            "the apostrophe at byte 0 begins a quotation that does not end; write '' for the apostrophe itself",
        ),
        (
            Brace,
            "{{x}}",
            "the doubled brace at byte 0 is no escape; write '{' for the brace itself, or check the template as double-brace",
        ),
        (
            Fluent,
            "}",
            "the brace at byte 0 closes nothing; write { \"}\" } for the brace itself",
        ),
        (
            DollarDollarBrace,
            "${x}",
            "the sequence at byte 0 is evaluated before the template is stored; double its first character",
        ),
        (
            DoubleBrace,
            "{{> x}}",
            "what the tag at byte 0 renders cannot be known without evaluating it; pass the result as a placeholder, {{code}}",
        ),
    ];
    for (syntax, source, message) in rows {
        let fault = Template::parse(source, *syntax).unwrap_err();
        assert_eq!(fault.to_string(), *message);
    }
    let many = "%s".repeat(1000);
    assert_eq!(
        Template::parse(&many, Printf).unwrap_err().to_string(),
        "the conversion at byte 1998 is for an argument beyond the 999th; shorten the template"
    );
}

#[test]
fn debug_shows_no_text_and_no_names() {
    let source = "Geheim {{secret}} {geheim}";
    let template = Template::parse(source, DoubleBrace).unwrap();
    let shown = format!(
        "{template:?} {:?} {:?}",
        template.pieces(),
        template.near_misses()
    );
    assert!(
        !shown.to_lowercase().contains("geheim") && !shown.contains("secret"),
        "{shown}"
    );
    assert!(shown.contains("NearMiss") && shown.contains("Placeholder"));
}

/// What is repeated to a megabyte, and in which syntaxes it is worst.
const REPEATED: &[&str] = &[
    "${",
    "$",
    "$$",
    "$${",
    "{",
    "}",
    "{{",
    "}}",
    "{{{",
    "{{#if}}",
    "{{#if a}}",
    "{{#a}}",
    "{{/a}}",
    "{{if .A}}",
    "{{else}}",
    "{{end}}",
    "{% if a %}",
    "{% for a in b %}",
    "{% else %}",
    "{% case a %}",
    "{% when 1 %}",
    "{% endif %}",
    "{% raw %}",
    "{% comment %}",
    "{% verbatim %}",
    "{%",
    "{#",
    "{{!",
    "{{!--",
    "{{/*",
    "{{/* */ ",
    "{{ '",
    "{{ \"",
    "{{ ' }}",
    "{{ ' {{ \" ",
    "{{ '}} \" ",
    "{{ don't }} ",
    "{{ a | '}}' ",
    "\\",
    "\\{{",
    "\\{{x}}",
    "{{- a -}}   ",
    "  {{#a}}\n",
    "'",
    "''",
    "'{",
    "'{''",
    "'}",
    "'#",
    "#",
    "{a, plural, other {",
    "{a, plural, one {#} ",
    "{a, plural, other {#}}",
    "{a, select,",
    "{a, plural, x",
    "{a,",
    "{a",
    "{a ",
    "{ ",
    "%",
    "%{",
    "%(",
    "%(a",
    "%s",
    "%1$",
    "%1",
    "%%",
    "%%{",
    "@",
    "@@",
    "@@a",
    "@ @",
    ":",
    ":a",
    ":: ",
    "{#",
    "{##",
    "{####",
    "{####}",
    "{#var",
    "{#var#}",
    "{ $",
    "{ $a ->",
    "{ \"",
    "{ \"}",
    "{\"",
    "<",
    "<a",
    "<a>",
    "$a",
    "{code}",
    "${code",
    "é{",
    "\n",
    " ",
    "a",
];

/// What is quadratic does not end, and without optimisation even less.
const LONG: usize = if cfg!(debug_assertions) {
    1 << 17
} else {
    1 << 20
};

#[test]
fn long_runs_of_anything_are_read_to_their_end() {
    for piece in REPEATED {
        let source = piece.repeat(LONG / 8 / piece.len());
        // The others have one loop in common with the first, or none.
        for syntax in [DollarBrace, DoubleBrace, Brace, Fluent] {
            let (template, _) = Template::parse_lossy(&source, syntax);
            let end = template.pieces().last().map(|last| last.span().end);
            assert_eq!(end, Some(source.len()));
            assert!(template.near_misses().len() <= source.len());
        }
        let _ = Syntax::detect(&source);
    }
}

#[test]
fn a_megabyte_is_read_to_its_end() {
    for (piece, syntax) in [
        ("${", DollarBrace),
        ("{", Brace),
        ("'", Brace),
        ("{a, plural, other {", Brace),
        ("{{#if a}}", DoubleBrace),
        ("{{ '", DoubleBrace),
        ("%s", Printf),
        ("%(", PercentParen),
        ("@", DoubleAt),
        ("{#", Dlt),
        ("{#", Hashes),
        (":", Colon),
        ("{ \"", Fluent),
    ] {
        let source = piece.repeat(LONG / piece.len());
        let (template, _) = Template::parse_lossy(&source, syntax);
        let end = template.pieces().last().map(|last| last.span().end);
        assert_eq!(end, Some(source.len()));
    }
}

#[test]
fn deep_nesting_does_not_overflow_the_stack() {
    let depth = 50_000;
    for (syntax, open, close, kind) in [
        (
            DoubleBrace,
            "{{#if a}}",
            "{{/if}}",
            ControlKind::BranchEnd { exhaustive: false },
        ),
        (
            DoubleBrace,
            "{% for a in b %}",
            "{% endfor %}",
            ControlKind::LoopEnd,
        ),
        (DoubleBrace, "{{range .A}}", "{{end}}", ControlKind::LoopEnd),
        (
            Brace,
            "{a, plural, other {",
            "}}",
            ControlKind::BranchEnd { exhaustive: true },
        ),
    ] {
        let source = [open.repeat(depth), "x".into(), close.repeat(depth)].concat();
        let template = Template::parse(&source, syntax).unwrap();
        assert_eq!(template.pieces().len(), 2 * depth + 1);
        let Some(Piece::Control(last)) = template.pieces().last() else {
            panic!("the last piece is a tag");
        };
        assert_eq!(last.kind(), kind);
        assert_sound(&template.clone());
        let crossing = [
            open.repeat(depth),
            "{{#z}}".repeat(depth),
            close.repeat(depth),
        ]
        .concat();
        assert_sound(&Template::parse_lossy(&crossing, syntax).0);
    }
}

/// What the syntaxes are made of.
fn tokens() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        4 => prop::sample::select(REPEATED.to_vec()),
        4 => prop::sample::select(vec![
            "a", "a", "code", " ", "\n", "é", "👋", "}", "}}", "}}}", "%}", "#}", "-", "~", "-}}", "~}}", "-%}",
            "{{/if}}", "{{/a}}", "{{else if b}}", "{% endfor %}", "{% endraw %}", "{% endcase %}", "{% elif b %}",
            "{{^a}}", "{{^}}", "{{#each a}}", "{{#link a}}", "{{/link}}", "--}}", "*/}}", "other {", "one {", "=1 {",
            "{n, select, ", "{n, plural, ", ", ", ")s", "@@", "#}", "->", "\"", "`", "\\\\{{", "{{-", "{{~", "{%-",
            "{{a}}", "${a}", "{a}", "%(a)s", "{ $a }", "{% endcomment %}", "{% else %}", "{% when 2 %}",
        ]),
        1 => prop::sample::select(vec!["offset:1 ", "{username}", ".", "..", "[", "]", "\r\n", "\u{a0}", "\0"]),
    ];
    prop::collection::vec(token, 0..24).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn any_text_is_read_without_panic_and_its_pieces_tile_it(source in "\\PC{0,60}") {
        check(&source);
    }

    #[test]
    fn any_tokens_are_read_without_panic_and_their_pieces_tile_them(source in tokens()) {
        check(&source);
    }
}

fn check(source: &str) {
    for syntax in Syntax::ALL.iter().copied() {
        let (template, faults) = Template::parse_lossy(source, syntax);
        assert_sound(&template);
        assert!(faults.is_sorted_by_key(|fault| fault.span().start));
        for fault in &faults {
            assert!(
                !source[fault.span()].is_empty(),
                "{syntax} {source:?} {fault:?}"
            );
        }
        match Template::parse(source, syntax) {
            Ok(parsed) => assert!(faults.is_empty() && parsed == template),
            Err(fault) => assert_eq!(Some(&fault), faults.first()),
        }
        for near in template.near_misses() {
            assert!(source[near.span()].contains(near.name()));
            let spelled =
                Template::parse(near.spelling(), syntax).expect("the right spelling is one");
            assert_eq!(spelled.placeholders().count(), 1);
        }
    }
    if let Ok(Some(syntax)) = Syntax::detect(source) {
        assert!(!matches!(syntax, Syntax::None | Colon | Printf));
    }
}
