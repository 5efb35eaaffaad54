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
