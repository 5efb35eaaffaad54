//! Counting misheard words.

/// How many words of `said` were replaced, dropped or invented in `heard`, and how many `said` has.
pub fn errors(said: &str, heard: &str) -> (usize, usize) {
    let (said, heard) = (words(said), words(heard));
    // Levenshtein's distance, one row at a time.
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (i, expected) in said.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, word) in heard.iter().enumerate() {
            let replaced = diagonal + usize::from(expected != word);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    (row[heard.len()], said.len())
}

/// Words without punctuation and case; digits of longer numbers one by one, since that is how they are said here.
fn words(text: &str) -> Vec<String> {
    const DIGITS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let text: String =
        text.to_lowercase().chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
    let spelled = |word: &str| match word.parse::<usize>() {
        Ok(small) if word.len() <= 2 && small <= 10 => vec![DIGITS[small].to_owned()],
        Ok(_) => word.bytes().map(|digit| DIGITS[usize::from(digit - b'0')].to_owned()).collect(),
        Err(_) if word == "mr" => vec!["mister".to_owned()],
        Err(_) => vec![word.to_owned()],
    };
    text.split_whitespace().flat_map(spelled).collect()
}

#[test]
fn errors_are_counted_word_by_word() {
    assert_eq!(errors("my number is four one five", "My number is 415."), (0, 6));
    assert_eq!(errors("mister smith at ten", "Mr. Smith, at 10"), (0, 4));
    assert_eq!(errors("one two three", "one three"), (1, 3));
    assert_eq!(errors("yes", "yes you are"), (2, 1));
    assert_eq!(errors("", ""), (0, 0));
}
