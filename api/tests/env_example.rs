//! `.env.example` against what the server reads.

use std::collections::BTreeMap;

use api::config::Settings;
use clap::CommandFactory;

#[test]
fn the_example_names_every_variable_with_its_default_and_no_other() {
    let example: BTreeMap<&str, &str> = include_str!("../../.env.example")
        .lines()
        .filter_map(|line| line.strip_prefix("# ").unwrap_or(line).split_once('='))
        .filter(|(name, _)| name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
        .collect();
    let command = Settings::command();
    let read: BTreeMap<&str, &str> = command
        .get_arguments()
        .filter_map(|argument| {
            let default = argument.get_default_values().first().and_then(|value| value.to_str());
            Some((argument.get_env()?.to_str()?, default.unwrap_or_default()))
        })
        .collect();
    assert_eq!(example, read);
}
