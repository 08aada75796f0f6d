//! One list call with all its pages.

use crate::error::{CollectError, Result};
use crate::failure::{Failure, FailureKind};
use crate::lineage::Lineage;
use crate::sign::{Body, Request, encode};
use crate::transport::Answer;
use crate::trouble::Trouble;
use census_directory::{Dataset, ListCall};
use serde_json::Value;
use std::collections::HashSet;
use std::sync::Arc;

/// After so many pages in a row that are empty or repeat others, a list is taken to have no end. AWS may
/// answer empty pages with a token, but not a hundred.
const IDLE_PAGES: u32 = 100;

/// A list that is being read, page after page.
#[derive(Debug)]
pub(crate) struct Listing {
    /// The node of the plan.
    pub(crate) node: usize,
    /// What it is listed under.
    pub(crate) above: Arc<Lineage>,
    /// Whether the page size is asked for.
    pub(crate) is_sized: bool,
    /// The rows read so far that something is listed under.
    pub(crate) parents: Vec<Arc<Lineage>>,
    /// The first row that its dataset cannot take.
    pub(crate) misfit: Option<Trouble>,
    /// The first item of which not even the key can be told, nor what is listed under it.
    pub(crate) keyless: Option<Trouble>,
    path: String,
    token: Option<String>,
    seen_tokens: HashSet<String>,
    /// A page may repeat what another gave, above all when a list begins anew.
    seen_keys: HashSet<String>,
    has_restarted: bool,
    pages_without_news: u32,
}

/// A page of a list.
#[derive(Debug, PartialEq)]
pub(crate) struct Page {
    /// The items, as AWS sent them.
    pub(crate) items: Vec<Value>,
    /// What the next page is asked for with; `None` after the last.
    pub(crate) next: Option<String>,
}

impl Listing {
    /// Returns a list before its first page.
    ///
    /// # Errors
    /// A variable of the path that no ancestor hands down.
    pub(crate) fn new(
        node: usize,
        dataset: &Dataset,
        above: Arc<Lineage>,
        is_sized: bool,
    ) -> Result<Self> {
        let segment =
            |variable: &str| above.variable(variable).filter(|id| is_segment(id)).map(encode);
        let path = dataset
            .list
            .path
            .render(segment)
            .map_err(|source| CollectError::Incomplete { dataset: dataset.id.clone(), source })?;
        Ok(Self {
            node,
            above,
            is_sized,
            parents: Vec::new(),
            misfit: None,
            keyless: None,
            path,
            token: None,
            seen_tokens: HashSet::new(),
            seen_keys: HashSet::new(),
            has_restarted: false,
            pages_without_news: 0,
        })
    }

    /// Returns the path that is asked for.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Returns the request for the next page.
    pub(crate) fn request(&self, endpoint: &str, list: &ListCall) -> Request {
        let mut query = Vec::new();
        if self.is_sized {
            query.push(format!("{}={}", list.paging.size_parameter, list.paging.size));
        }
        if let Some(token) = &self.token {
            query.push(format!("{}={}", list.paging.token_parameter, encode(token)));
        }
        let mark = if query.is_empty() { "" } else { "?" };
        Request {
            method: reqwest::Method::GET,
            url: format!("{endpoint}{}{mark}{}", self.path, query.join("&")),
            body: Body::Empty,
            region: self.above.place().region.clone(),
            signing_name: list.signing_name.clone(),
        }
    }

    /// Notes a row's key and tells whether it is new to the list.
    pub(crate) fn is_new(&mut self, key: &str) -> bool {
        let is_new = self.seen_keys.insert(key.to_owned());
        if is_new {
            self.pages_without_news = 0;
        }
        is_new
    }

    /// Turns to the next page.
    ///
    /// # Errors
    /// A token that came before, or many pages without anything new: the list would never end.
    pub(crate) fn turn_to(&mut self, token: String) -> Result<(), Failure> {
        if !self.seen_tokens.insert(token.clone()) {
            return Err(Failure::new(FailureKind::Refused, "the same page token came twice")
                .with_code("RepeatedToken"));
        }
        self.pages_without_news += 1;
        if self.pages_without_news > IDLE_PAGES {
            let message = format!("{IDLE_PAGES} pages on end held nothing new");
            return Err(Failure::new(FailureKind::Refused, message).with_code("EndlessList"));
        }
        self.token = Some(token);
        Ok(())
    }

    /// Tells whether a rejected request is worth another try in another form, and takes that form.
    ///
    /// A later page that is rejected begins the list anew, once: page tokens expire, and AWS has no one
    /// sentence for it. A first page is asked for without a size, once.
    pub(crate) fn is_mended(&mut self, failure: &Failure) -> bool {
        if failure.kind != FailureKind::Rejected {
            return false;
        }
        if self.token.is_some() {
            if self.has_restarted {
                return false;
            }
            self.has_restarted = true;
            self.token = None;
            self.seen_tokens.clear();
            return true;
        }
        std::mem::replace(&mut self.is_sized, false)
    }
}

/// Tells whether an id can be a segment of a path: no URL keeps these apart from the path above.
fn is_segment(id: &str) -> bool {
    !matches!(id, "" | "." | "..")
}

/// Reads a page out of an answer.
///
/// # Errors
/// What the status says. An answer that is no page counts as one that broke off: absence of the list is no
/// proof of an empty one.
pub(crate) fn read_page(list: &ListCall, answer: &Answer) -> Result<Page, Failure> {
    if !answer.status.is_success() {
        return Err(Failure::of_json(answer.status, &answer.headers, &answer.body));
    }
    let nonsense = |message: String| {
        Failure::new(FailureKind::Unavailable, message).with_code("MalformedAnswer")
    };
    let mut body: Value = serde_json::from_slice(&answer.body).map_err(|error| {
        nonsense(format!("the answer to {} is not JSON: {error}", list.operation))
    })?;
    let Some(Value::Array(items)) = body.get_mut(&list.items).map(Value::take) else {
        return Err(nonsense(format!(
            "the answer to {} holds no list \"{}\"",
            list.operation, list.items
        )));
    };
    let next = match body.get_mut(&list.paging.token_member).map(Value::take) {
        None | Some(Value::Null) => None,
        Some(Value::String(token)) => Some(token).filter(|token| !token.is_empty()),
        Some(_) => {
            return Err(nonsense(format!(
                "the answer to {} has a page token that is no text",
                list.operation
            )));
        }
    };
    Ok(Page { items, next })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lineage::Place;
    use census_directory::Directory;
    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;

    fn apis() -> &'static Dataset {
        Directory::builtin().dataset("aws.apigatewayv2_api").unwrap()
    }

    fn listing() -> Listing {
        let root = Lineage::root(Arc::new(Place::new("111122223333", "eu-west-1")));
        Listing::new(0, apis(), root, true).unwrap()
    }

    fn url(listing: &Listing) -> String {
        listing.request("http://x", &apis().list).url
    }

    fn page(body: &str) -> Result<Page, Failure> {
        let answer =
            Answer { status: StatusCode::OK, headers: HeaderMap::new(), body: body.into() };
        read_page(&apis().list, &answer)
    }

    #[test]
    fn the_first_page_is_asked_for_full_and_the_next_with_its_token() {
        let mut listing = listing();
        assert_eq!(url(&listing), "http://x/v2/apis?maxResults=500");
        listing.turn_to("a b+c/=".to_owned()).unwrap();
        assert_eq!(url(&listing), "http://x/v2/apis?maxResults=500&nextToken=a%20b%2Bc%2F%3D");
    }

    #[test]
    fn an_absent_null_or_empty_token_ends_the_list() {
        for body in [
            r#"{"items":[]}"#,
            r#"{"items":[],"nextToken":null}"#,
            r#"{"items":[],"nextToken":""}"#,
        ] {
            assert_eq!(page(body), Ok(Page { items: vec![], next: None }));
        }
    }

    #[test]
    fn an_answer_without_its_list_is_no_empty_list() {
        for body in ["{}", "[]", "null", r#"{"items":null}"#, r#"{"items":[1"#, "<html>"] {
            assert_eq!(page(body).unwrap_err().kind, FailureKind::Unavailable, "{body}");
        }
    }

    #[test]
    fn a_token_that_comes_twice_is_an_error() {
        let mut listing = listing();
        listing.turn_to("a".to_owned()).unwrap();
        listing.turn_to("b".to_owned()).unwrap();
        assert_eq!(
            listing.turn_to("a".to_owned()).unwrap_err().code.as_deref(),
            Some("RepeatedToken")
        );
    }

    #[test]
    fn a_list_that_holds_nothing_new_ends() {
        let mut listing = listing();
        let turned = (0..1000).map(|page| listing.turn_to(page.to_string()));
        let failures: Vec<_> = turned.filter_map(Result::err).collect();
        assert_eq!(failures[0].code.as_deref(), Some("EndlessList"));
        assert_eq!(failures.len(), 900);
    }

    #[test]
    fn an_id_that_is_no_segment_of_a_path_is_not_asked_for() {
        let integrations = Directory::builtin().dataset("aws.apigatewayv2_integration").unwrap();
        let below = |id: &str| {
            let root = Lineage::root(Arc::new(Place::new("111122223333", "eu-west-1")));
            let mut item = crate::lineage::Item::new();
            item.insert("apiId".to_owned(), id.into());
            Listing::new(1, integrations, Lineage::below(&root, apis(), &item), true)
        };
        assert!(below("").is_err() && below(".").is_err() && below("..").is_err());
        let odd = below("a b/é..").unwrap();
        assert_eq!(odd.path, "/v2/apis/a%20b%2F%C3%A9../integrations");
    }

    #[test]
    fn a_rejected_first_page_is_asked_for_without_size_once() {
        let rejected = Failure::new(FailureKind::Rejected, "no");
        let mut listing = listing();
        assert!(listing.is_mended(&rejected));
        assert_eq!(url(&listing), "http://x/v2/apis");
        assert!(!listing.is_mended(&rejected));
    }

    #[test]
    fn a_rejected_token_begins_the_list_anew_once() {
        let rejected = Failure::new(FailureKind::Rejected, "no");
        let mut listing = listing();
        listing.turn_to("a".to_owned()).unwrap();
        assert!(listing.is_mended(&rejected));
        assert_eq!(url(&listing), "http://x/v2/apis?maxResults=500");
        listing.turn_to("a".to_owned()).unwrap();
        assert!(!listing.is_mended(&rejected));
    }

    #[test]
    fn denied_access_is_not_mended() {
        assert!(!listing().is_mended(&Failure::new(FailureKind::Denied, "no")));
    }
}
