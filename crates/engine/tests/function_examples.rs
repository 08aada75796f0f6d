//! The examples in the records of functions print what they say.

mod support;

#[tokio::test]
async fn examples_print_what_they_say() {
    let session = support::session().await;
    let mut faults = Vec::new();
    for record in census_dialect::functions::all() {
        for example in record.examples {
            match support::texts(&session, example.sql).await {
                Ok(rows) if rows == [[example.prints]] => {}
                Ok(rows) => faults
                    .push(format!("{}\n  prints {rows:?}, not {:?}", example.sql, example.prints)),
                Err(error) => faults.push(format!(
                    "{}\n  {}",
                    example.sql,
                    census_error::terminal(&error, Some(example.sql))
                )),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
