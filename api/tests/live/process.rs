//! The server as a process of its own.

use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;

/// A running `switchboard`; killed when dropped.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
}

/// A port that nobody uses now.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

impl Process {
    /// Starts it in `directory`, and waits until it answers.
    pub async fn start(directory: &Path, address: SocketAddr, settings: &[(&str, &str)]) -> Self {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(directory.join("log")).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_switchboard"))
            .env_clear()
            .current_dir(directory)
            .env("BIND", address.to_string())
            .env("DATA_DIR", directory.join("data"))
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut process = Self { child, address };
        for _ in 0..1_000 {
            if reqwest::get(format!("{}/health", process.base())).await.is_ok() {
                return process;
            }
            if let Some(status) = process.child.try_wait().unwrap() {
                let log = std::fs::read_to_string(directory.join("log")).unwrap();
                panic!("it ended with {status}: {log}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("it did not answer within 20 s");
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// kill -9.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1_024
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The account and number of the first start.
pub fn demo(directory: &Path, base: &str) -> (simulator::twilio::Account, String) {
    let demo: Value = serde_json::from_slice(&std::fs::read(directory.join("data/demo.json")).unwrap()).unwrap();
    let text = |name: &str| demo[name].as_str().unwrap().to_owned();
    (account(&text("account_sid"), &text("auth_token"), &text("number"), base), text("number"))
}

/// An account whose number calls the server at `base`.
pub fn account(sid: &str, token: &str, number: &str, base: &str) -> simulator::twilio::Account {
    let account = simulator::twilio::Account::new(sid, token);
    let number = simulator::twilio::Number::new(number)
        .voice_url(format!("{base}/webhooks/twilio/incoming"))
        .fallback_url(format!("{base}/webhooks/twilio/fallback"))
        .status_callback(format!("{base}/webhooks/twilio/status"));
    account.add(number);
    account
}
