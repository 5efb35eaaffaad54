//! The server under test, as a child process.

use std::{
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use tokio::process::{Child, Command};

use crate::demo::Demo;

/// Ticks in a second of `/proc/PID/stat`: USER_HZ, 100 on every Linux.
const TICKS: f64 = 100.0;
/// Loading models and making a database takes a few seconds.
const START: Duration = Duration::from_secs(60);

/// A running server with a directory of its own. Killed when dropped.
pub struct Server {
    child: Child,
    pid: u32,
    pub base: String,
    log: PathBuf,
    _directory: tempfile::TempDir,
}

impl Server {
    /// Starts `binary` on a free port with an empty database, and with these variables.
    pub async fn start(binary: &Path, models: &Path, variables: &[(String, String)]) -> anyhow::Result<Self> {
        let directory = tempfile::tempdir()?;
        // Free now; nobody else takes ports on this machine while it is being measured.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = directory.path().join("server.log");
        let output = File::create(&log)?;
        let models = models.canonicalize().unwrap_or_else(|_| models.to_owned());
        let child = Command::new(binary.canonicalize()?)
            // No variable of this shell and no `.env` may change what is measured.
            .env_clear()
            .current_dir(directory.path())
            .env("BIND", format!("127.0.0.1:{port}"))
            .env("DATA_DIR", directory.path().join("data"))
            .env("MODELS_DIR", models)
            // What is measured is the server, not what a tenant may use of it.
            .env("LIMIT_CONCURRENT_CALLS", "0")
            .env("LIMIT_REQUESTS_PER_SECOND", "0")
            .env("LOG", "warn")
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} does not start", binary.display()))?;
        let pid = child.id().context("the server ended at once")?;
        let mut server = Self { child, pid, base: format!("http://127.0.0.1:{port}"), log, _directory: directory };
        server.ready().await?;
        Ok(server)
    }

    /// The demo number and first API key; only SQLite leaves them in a file.
    pub fn demo(&self) -> anyhow::Result<Demo> {
        Demo::read(&self._directory.path().join("data/demo.json"))
    }

    async fn ready(&mut self) -> anyhow::Result<()> {
        let client = reqwest::Client::new();
        let deadline = Instant::now() + START;
        loop {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended ({status}):\n{}", fs::read_to_string(&self.log).unwrap_or_default());
            }
            let answer = client.get(format!("{}/health/ready", self.base)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            if Instant::now() > deadline {
                bail!("the server is not ready:\n{}", fs::read_to_string(&self.log).unwrap_or_default());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Processor time used so far, in seconds.
    pub fn cpu_s(&self) -> anyhow::Result<f64> {
        cpu_s(&format!("/proc/{}/stat", self.pid))
    }

    /// Memory in use, in MiB.
    pub fn rss_mib(&self) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kib: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kib / 1_024.0)
    }

    /// Lines of the log at warning level and above.
    pub fn complaints(&self) -> Vec<String> {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        log.lines().filter(|line| line.contains("WARN") || line.contains("ERROR")).map(str::to_owned).collect()
    }

    /// Copies the log to `directory`.
    pub fn keep_log(&self, directory: &Path, calls: usize) -> anyhow::Result<()> {
        fs::create_dir_all(directory)?;
        fs::copy(&self.log, directory.join(format!("server-{calls}.log")))?;
        Ok(())
    }

    pub async fn stop(mut self) -> anyhow::Result<()> {
        Ok(self.child.kill().await?)
    }
}

/// Processor time of this program so far, in seconds.
pub fn own_cpu_s() -> anyhow::Result<f64> {
    cpu_s("/proc/self/stat")
}

fn cpu_s(path: &str) -> anyhow::Result<f64> {
    let stat = fs::read_to_string(path)?;
    // The second field is the program's name in brackets and may hold anything; user and system time are the 14th
    // and 15th.
    let rest = stat.rsplit_once(')').context("no name in stat")?.1;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).context("no times in stat");
    Ok((ticks(11)? + ticks(12)?) / TICKS)
}

/// How many files this program, and what it starts, may open.
pub fn open_files_max() -> anyhow::Result<usize> {
    let limits = fs::read_to_string("/proc/self/limits").context("only Linux tells what is measured here")?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).context("no limit on files")?;
    Ok(line.split_whitespace().next().and_then(|soft| soft.parse().ok()).unwrap_or(usize::MAX))
}
