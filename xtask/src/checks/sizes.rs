//! Files and functions stay small enough to be read in one go.

use super::Check;
use crate::tree::Tree;
use anyhow::Result;
use proc_macro2::Span;
use std::path::Path;
use syn::spanned::Spanned;
use syn::visit::Visit;

/// At most 600 lines a file and 80 a function.
pub const CHECK: Check = Check {
    name: "sizes",
    remedy: "a file has one subject and a function one task: split where the subject changes",
    run: oversize,
};

const MAXIMUM_FILE_LINES: usize = 600;
const MAXIMUM_FUNCTION_LINES: usize = 80;
const SOURCES: &[&str] = &["rs", "py", "ts", "tsx"];

fn oversize(tree: &Tree) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for file in tree.files()? {
        let extension = Path::new(&file).extension().and_then(|extension| extension.to_str());
        let Some(extension) = extension.filter(|extension| SOURCES.contains(extension)) else {
            continue;
        };
        let text = tree.read(&file)?;
        let lines = text.lines().count();
        if lines > MAXIMUM_FILE_LINES {
            faults.push(format!("{file}: {lines} lines, at most {MAXIMUM_FILE_LINES}"));
        }
        if extension == "rs" {
            faults.extend(long_functions(&file, &text));
        }
    }
    Ok(faults)
}

fn long_functions(file: &str, text: &str) -> Vec<String> {
    let parsed = match syn::parse_file(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            return vec![format!("{file}:{}: {error}", error.span().start().line)];
        }
    };
    let mut functions = Functions::default();
    functions.visit_file(&parsed);
    let long = functions.found.iter().filter(|function| function.lines > MAXIMUM_FUNCTION_LINES);
    long.map(|function| {
        let Function { name, line, lines } = function;
        format!(
            "{file}:{line}: function \"{name}\" has {lines} lines, at most {MAXIMUM_FUNCTION_LINES}"
        )
    })
    .collect()
}

#[derive(Debug)]
struct Function {
    name: String,
    line: usize,
    /// From the signature to the closing brace; documentation and attributes do not count.
    lines: usize,
}

#[derive(Debug, Default)]
struct Functions {
    found: Vec<Function>,
}

impl Functions {
    fn add(&mut self, signature: &syn::Signature, body: Span) {
        let line = signature.span().start().line;
        let lines = body.end().line + 1 - line;
        self.found.push(Function { name: signature.ident.to_string(), line, lines });
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add(&function.sig, function.block.span());
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.add(&function.sig, function.block.span());
        syn::visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(body) = &function.default {
            self.add(&function.sig, body.span());
        }
        syn::visit::visit_trait_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function_of(lines: usize) -> String {
        format!("/// A sentence.\npub fn long() {{\n{}}}\n", "    step();\n".repeat(lines - 2))
    }

    #[test]
    fn function_of_eighty_lines_is_fine() {
        assert!(long_functions("a.rs", &function_of(80)).is_empty());
    }

    #[test]
    fn function_of_eighty_one_lines_is_named_with_its_line() {
        assert_eq!(
            long_functions("a.rs", &function_of(81)),
            ["a.rs:2: function \"long\" has 81 lines, at most 80"]
        );
    }

    #[test]
    fn methods_defaults_and_inner_functions_are_measured() {
        let method = function_of(81);
        let inner = format!("mod tests {{ fn outer() {{ {method} }} }}");
        let faults = [
            long_functions("a.rs", &format!("impl A {{ {method} }}")),
            long_functions("a.rs", &format!("trait A {{ {} }}", method.replace("pub ", ""))),
            long_functions("a.rs", &inner),
        ];
        assert!(faults.iter().all(|faults| faults.iter().any(|fault| fault.contains("\"long\""))));
    }

    #[test]
    fn file_that_does_not_parse_is_a_fault() {
        assert_eq!(long_functions("a.rs", "fn a( {}\n").len(), 1);
    }
}
