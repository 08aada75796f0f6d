//! Names of members as columns, and back.

/// Returns a wire name in lower snake case: `apiId` is `api_id`, `jwtTTLSeconds` is `jwt_ttl_seconds`.
pub fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let after_small = index > 0 && !letters[index - 1].is_uppercase();
        let before_small = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase()
            && index > 0
            && (after_small || before_small)
            && !snake.ends_with('_')
        {
            snake.push('_');
        }
        match letter {
            '-' | '.' => snake.push('_'),
            letter => snake.extend(letter.to_lowercase()),
        }
    }
    snake
}

/// Returns the wire name that dataset files take for granted: `api_id` is `apiId`.
pub fn camel_case(name: &str) -> String {
    let mut camel = String::new();
    for (index, word) in name.split('_').enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if index > 0 => camel.extend(first.to_uppercase()),
            Some(first) => camel.push(first),
            None => {}
        }
        camel.push_str(letters.as_str());
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_at_capitals() {
        for (wire, column) in [
            ("apiId", "api_id"),
            ("authorizerResultTtlInSeconds", "authorizer_result_ttl_in_seconds"),
            ("VPCLinkARN", "vpc_link_arn"),
            ("name", "name"),
            ("RestApi", "rest_api"),
            ("x-amz-tags", "x_amz_tags"),
        ] {
            assert_eq!(snake_case(wire), column);
        }
        assert_eq!(camel_case("authorizer_result_ttl_in_seconds"), "authorizerResultTtlInSeconds");
    }
}
