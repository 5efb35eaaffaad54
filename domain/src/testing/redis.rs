//! Throw-away Redis servers.

use std::{
    env,
    io::Write,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::LazyLock,
    time::Duration,
};

use redis::Client;
use secrecy::SecretString;
use std::os::unix::process::CommandExt;
use tempfile::TempDir;

/// Shared by all tests of a process, or the one of `TEST_REDIS_URL`.
static SHARED: LazyLock<Result<String, Redis>> =
    LazyLock::new(|| env::var("TEST_REDIS_URL").map_err(|_| Redis::spawn()));

/// The URL of the process' own server, as soon as it answers.
pub(super) async fn shared_url() -> SecretString {
    match &*SHARED {
        Ok(given) => SecretString::from(given.as_str()),
        Err(server) => {
            server.answers().await;
            server.url()
        }
    }
}

/// A server of one test's own, for what others must not be disturbed by. It listens on a socket file only and keeps
/// nothing.
pub struct Redis {
    directory: TempDir,
    /// A shell; it stops the server when its pipe closes, which the system does however this process ends.
    guard: Option<Child>,
}

impl Redis {
    pub async fn start() -> Self {
        let server = Self::spawn();
        server.answers().await;
        server
    }

    fn spawn() -> Self {
        let directory = tempfile::Builder::new().prefix("switchboard-redis-").tempdir();
        let mut server =
            Self { directory: directory.expect("the directory for temporary files is writable"), guard: None };
        server.guard = Some(server.run());
        server
    }

    fn run(&self) -> Child {
        let script = r#"
            redis-server --port 0 --unixsocket "$1" --save "" --appendonly no --daemonize no </dev/null >&2 &
            read answer
            kill -KILL $!
            wait $!
            [ "$answer" = keep ] || rm -rf "$2"
        "#;
        let mut command = Command::new("sh");
        command
            .args(["-c", script, "sh"])
            .args([self.socket(), self.directory.path().to_owned()])
            .current_dir(self.directory.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C in a terminal must not end the shell before it has cleaned up.
            .process_group(0);
        command.spawn().expect("a shell can be started")
    }

    pub fn url(&self) -> SecretString {
        SecretString::from(format!("redis+unix://{}", self.socket().display()))
    }

    fn socket(&self) -> PathBuf {
        self.directory.path().join("socket")
    }

    /// Forgets everything.
    pub async fn flush(&self) {
        self.command("FLUSHALL").await.expect("Redis answers");
    }

    /// Kills it, with everything in it.
    pub fn stop(&mut self) {
        let Some(mut guard) = self.guard.take() else { return };
        let mut pipe = guard.stdin.take().expect("it was piped");
        pipe.write_all(b"keep\n").expect("the shell reads");
        drop(pipe);
        guard.wait().expect("the shell ends");
    }

    /// Starts it again at the same address, empty.
    pub async fn start_again(&mut self) {
        self.stop();
        self.guard = Some(self.run());
        self.answers().await;
    }

    async fn command(&self, name: &str) -> redis::RedisResult<()> {
        let client = Client::open(format!("redis+unix://{}", self.socket().display()))?;
        redis::cmd(name).query_async(&mut client.get_multiplexed_async_connection().await?).await
    }

    /// Waits until it takes commands; at most half a minute, for a machine that is busy compiling.
    async fn answers(&self) {
        let mut last = None;
        for _ in 0..600 {
            match self.command("PING").await {
                Ok(()) => return,
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("Redis does not answer ({last:?}): is redis-server installed? `make test` installs it");
    }
}
