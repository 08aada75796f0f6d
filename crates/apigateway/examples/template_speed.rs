//! How long a typical mapping template takes: `cargo run --release --example template_speed`.
//!
//! The template makes a list of a payload's elements, as those of AWS' own examples do.

use census_apigateway::template::{Limits, Scope, Template, render};
use std::hint::black_box;
use std::time::Instant;

const TEMPLATE: &str = r#"#set($root = $input.path('$'))
{
  "page": $root.photos.page,
  "connection": "$context.connectionId",
  "photos": [
#foreach($elem in $root.photos.photo)
    {
      "id": "$elem.id",
      "owner": "$elem.owner",
      "title": "$util.escapeJavaScript($elem.title)",
      "public": $elem.ispublic
    }#if($foreach.hasNext),#end

#end
  ]
}
"#;

const BODY: &str = r#"{"photos": {"page": 1, "total": "2", "photo": [
    {"id": "12345678901", "owner": "23456789@A12", "title": "It's a sample", "ispublic": 1},
    {"id": "23456789012", "owner": "34567890@B23", "title": "Sample 2", "ispublic": 0}
]}}"#;

const TURNS: u32 = 20_000;

fn main() -> Result<(), census_apigateway::TemplateError> {
    let mut scope = Scope { body: BODY.to_owned(), ..Scope::default() };
    scope.context.insert("connectionId".to_owned(), "L0SM9cOFvHcCIhw=".into());
    let limits = Limits::default();
    let template = Template::parse(TEMPLATE)?;
    let started = Instant::now();
    for _ in 0..TURNS {
        black_box(render(black_box(&template), &scope, &limits)?);
    }
    let rendering = started.elapsed() / TURNS;
    let started = Instant::now();
    for _ in 0..TURNS {
        black_box(Template::parse(black_box(TEMPLATE))?);
    }
    let parsing = started.elapsed() / TURNS;
    println!("rendered in {rendering:.1?}, parsed in {parsing:.1?}");
    Ok(())
}
