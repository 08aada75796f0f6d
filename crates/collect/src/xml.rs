//! XML as EC2 and STS answer it, as far as it is read here: the texts of its innermost elements.

use quick_xml::Reader;
use quick_xml::events::Event;

/// A document's innermost elements.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Leaves {
    /// The name of the outermost element.
    pub(crate) root: String,
    /// The name and text of all elements that hold only text, in order, with `/item` where an item ends.
    pub(crate) texts: Vec<(String, String)>,
}

impl Leaves {
    /// Reads a document; `None` where the bytes are no XML, hold no element or several side by side, or break off.
    pub(crate) fn read(xml: &[u8]) -> Option<Self> {
        let mut reader = Reader::from_reader(xml);
        let mut texts = Vec::new();
        let mut open: Option<(String, String)> = None;
        let mut root = None;
        let mut depth = 0_usize;
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) => {
                    let name = local_name(start.local_name().as_ref());
                    if depth == 0 && root.replace(name.clone()).is_some() {
                        return None;
                    }
                    depth += 1;
                    open = Some((name, String::new()));
                }
                Event::Text(text) => {
                    let text = text.decode().ok()?;
                    if let Some((_, collected)) = &mut open {
                        collected.push_str(text.trim());
                    }
                }
                Event::End(end) => {
                    depth -= 1;
                    if let Some(leaf) = open.take() {
                        texts.push(leaf);
                    } else if end.local_name().as_ref() == b"item" {
                        texts.push(("/item".to_owned(), String::new()));
                    }
                }
                Event::Eof if depth == 0 => return Some(Self { root: root?, texts }),
                Event::Eof => return None,
                _ => {}
            }
        }
    }

    /// Returns the text of the first element of a name.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|(leaf, _)| leaf == name).map(|(_, text)| text.as_str())
    }
}

fn local_name(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_breaks_off_or_is_no_document_is_not_read() {
        for text in ["", "x", "<a>", "<a><b>1</b>", "<a></b>", "<a/>", "<a></a><b></b>", "{}"] {
            assert_eq!(Leaves::read(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn texts_come_in_order_and_items_end() {
        let leaves = Leaves::read(b"<a x='1'><item><b> 1 </b><c/></item><b>2</b></a>").unwrap();
        let told: Vec<_> =
            leaves.texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!((leaves.root.as_str(), leaves.text("b")), ("a", Some("1")));
        assert_eq!(told, [("b", "1"), ("/item", ""), ("b", "2")]);
    }
}
