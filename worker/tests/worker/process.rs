//! The worker as a process of its own.

use std::process::{Child, Command, Stdio};

use domain::testing::{self, Fresh};

use crate::{NOBODY, prices};

/// Killed when dropped.
pub struct Process(Child);

impl Process {
    /// With these for Twilio and OpenAI. It finds its jobs in the database: what it takes from Redis dies with it.
    pub fn start(db: &Fresh, twilio: &str, openai: &str) -> Self {
        Self::with_keys(db, testing::VAULT_KEY, twilio, openai)
    }

    pub fn with_keys(db: &Fresh, vault_keys: &str, twilio: &str, openai: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard-worker"));
        command
            .env("DATABASE_URL", db.url())
            .env("DATA_DIR", db.directory())
            .env("VAULT_KEYS", vault_keys)
            .env("TWILIO_API_URL", twilio)
            .env("OPENAI_BASE_URL", openai)
            .env("PRICES", prices(openai))
            // Webhooks of tests are received on this machine.
            .env("ALLOW_PRIVATE_NETWORKS", "127.0.0.0/8")
            .env_remove("REDIS_URL")
            .env_remove("SMTP_URL")
            .env_remove("MAIL_FROM")
            .env_remove("PUBLIC_URL")
            .current_dir(std::env::temp_dir())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Self(command.spawn().unwrap())
    }

    /// One whose work asks nobody.
    pub fn alone(db: &Fresh) -> Self {
        Self::start(db, NOBODY, NOBODY)
    }

    /// Without a chance to say good-bye.
    pub fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

#[test]
fn a_wrong_value_names_its_variable_and_is_not_repeated_and_a_blank_one_is_none() {
    let wrong = [
        ("SMTP_URL", "smtp://u:hunter2@host?tls=perhaps"),
        ("REDIS_URL", "http://u:hunter2@host"),
        ("PUBLIC_URL", "https://u:hunter2@host"),
        ("WORKER_BIND", "hunter2"),
    ];
    let run = |environment: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard-worker"));
        command.env_clear().current_dir(std::env::temp_dir()).envs(environment.iter().copied());
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let base = [("DATABASE_URL", "sqlite::memory:"), ("VAULT_KEYS", testing::VAULT_KEY)];
    for (variable, value) in wrong {
        let (code, said) = run(&[&base[..], &[(variable, value)]].concat());
        assert_eq!(code, Some(2), "{variable}: {said}");
        assert!(said.starts_with(&format!("switchboard-worker: {variable} ")) && !said.contains("hunter2"), "{said}");
    }
    let blank = wrong.map(|(variable, _)| (variable, ""));
    let (code, said) = run(&[&base[..], &blank, &[("MAIL_FROM", ""), ("SMTP_URL", "smtp://localhost")]].concat());
    assert!(code == Some(2) && said.starts_with("switchboard-worker: MAIL_FROM"), "{said}");
}
