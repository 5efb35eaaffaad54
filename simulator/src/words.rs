//! Word error rate.

/// Words in the reference, and the least number of words to replace, leave out or put in to get what was heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    pub words: usize,
    pub errors: usize,
}

impl Errors {
    /// Compares word by word: case and punctuation do not count, digits are read out one by one ("42" is "four two"),
    /// "Mr." is "mister".
    pub fn between(reference: &str, heard: &str) -> Self {
        let (reference, heard) = (normalize(reference), normalize(heard));
        // Levenshtein distance, one row at a time.
        let mut row: Vec<usize> = (0..=heard.len()).collect();
        for (i, wanted) in reference.iter().enumerate() {
            let mut diagonal = row[0];
            row[0] = i + 1;
            for (j, got) in heard.iter().enumerate() {
                let replace = diagonal + usize::from(wanted != got);
                diagonal = row[j + 1];
                row[j + 1] = replace.min(row[j] + 1).min(diagonal + 1);
            }
        }
        Self { words: reference.len(), errors: row[heard.len()] }
    }

    /// Percent; for a reference without words, 0 or 100.
    pub fn percent(self) -> f64 {
        match self.words {
            0 => f64::from(u8::from(self.errors > 0)) * 100.0,
            words => self.errors as f64 * 100.0 / words as f64,
        }
    }
}

impl std::ops::AddAssign for Errors {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.errors += other.errors;
    }
}

fn normalize(text: &str) -> Vec<String> {
    const DIGITS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let mut words = Vec::new();
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '\'') {
        let mut letters = String::new();
        for c in word.chars().filter(|c| *c != '\'') {
            match c.to_digit(10) {
                Some(digit) => {
                    if !letters.is_empty() {
                        words.push(std::mem::take(&mut letters));
                    }
                    words.push(DIGITS[digit as usize].to_owned());
                }
                None => letters.push(c),
            }
        }
        match letters.as_str() {
            "" => {}
            "mr" => words.push("mister".to_owned()),
            // "oh" and "zero" are one digit said in two ways.
            "oh" => words.push("zero".to_owned()),
            _ => words.push(letters),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sounds_the_same_is_no_error() {
        for (reference, heard) in [
            ("mister john dashwood", "Mr. John Dashwood."),
            ("four one five oh one", "415-01"),
            ("k o w a l s k i", "K-O-W-A-L-S-K-I"),
            ("don't", "dont"),
        ] {
            assert_eq!(Errors::between(reference, heard).errors, 0, "{reference} / {heard}");
        }
    }

    #[test]
    fn each_wrong_missing_or_added_word_counts_once() {
        let count = |heard| Errors::between("go somewhere and do something", heard).errors;
        assert_eq!((count("go nowhere and do something"), count("go and do something"), count("")), (1, 1, 5));
        assert_eq!(count("well go somewhere and do something now"), 2);
        assert_eq!(Errors::between("", "thank you").percent(), 100.0);
    }
}
