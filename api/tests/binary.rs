//! The program itself, as an operator starts it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use domain::{
    access::By,
    api_keys::{self, NewKey},
    conversations::{self, Caller, Wanted},
    database::Backend,
    entity::{
        conversation::Channel,
        job::{self, State},
    },
    id::{CustomerId, TenantId},
    jobs::{self, Filter, Kind, Whose},
    page::Paging,
    tenants,
    testing::{self, Fresh, Holds, Redis},
};
use secrecy::{ExposeSecret, SecretString};

/// The program in a directory of its own, with nothing of this process's environment.
fn switchboard(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard"));
    command.env_clear().current_dir(directory);
    command
}

fn run(environment: &[(&str, &str)], arguments: &[&str]) -> Output {
    let directory = tempfile::tempdir().unwrap();
    switchboard(directory.path()).args(arguments).envs(environment.iter().copied()).output().unwrap()
}

#[test]
fn a_wrong_value_names_its_variable_and_stops_the_start() {
    for (variable, value) in [
        ("BIND", "nowhere"),
        ("MAX_CONNECTIONS", "0"),
        ("REQUEST_TIMEOUT_S", "soon"),
        ("DATABASE_URL", "mysql://user:hunter2@host/db"),
        ("DATABASE_MAX_CONNECTIONS", "-1"),
        ("STT_PROVIDER", "google"),
        ("LLM_BASE_URL", "localhost"),
        ("TTS_TIMEOUT_MS", "0"),
        ("PUBLIC_URL", "ftp://example.com"),
        ("PUBLIC_URL", "https://user:hunter2@example.com"),
        ("PUBLIC_URL", "https://user:hunter2@"),
        ("MAX_CALLS", "many"),
        ("LOG", "info,=,"),
        ("LOG_FORMAT", "xml"),
        ("VAULT_KEYS", "nonsense"),
        ("OPENAI_API_KEY", "a key\nin two lines"),
    ] {
        let output = run(&[(variable, value)], &[]);
        let said = String::from_utf8(output.stderr).unwrap();
        let line = said.lines().last().unwrap_or_default();
        assert_eq!(output.status.code(), Some(2), "{variable}: {said}");
        let key = if variable == "OPENAI_API_KEY" { "STT_API_KEY" } else { variable };
        assert!(line.starts_with(&format!("switchboard: {key}")), "{variable}: {said}");
        assert!(!said.contains("hunter2") && !said.contains("two lines"), "{said}");
    }
}

#[test]
fn settings_that_contradict_each_other_name_the_missing_one() {
    let output = run(&[("DATABASE_URL", "postgres://localhost/switchboard")], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("VAULT_KEYS"));
    let output = run(&[("LLM_PROVIDER", "openai")], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("LLM_API_KEY"));
}

#[test]
fn help_and_the_example_name_the_same_variables_and_help_shows_no_secret() {
    let output =
        run(&[("OPENAI_API_KEY", "sk-very-secret"), ("DATABASE_URL", "postgres://u:hunter2@h/d")], &["--help"]);
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    let mut documented: Vec<_> =
        help.split("[env: ").skip(1).filter_map(|rest| rest.split([']', '=']).next()).collect();
    let example = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.env.example")).unwrap();
    let lines = example.lines().filter_map(|line| line.strip_prefix('#')?.split_once('='));
    let mut exemplified: Vec<_> = lines.map(|(name, _)| name).filter(|name| !name.contains(' ')).collect();
    documented.sort_unstable();
    exemplified.sort_unstable();
    assert!(documented.len() > 25, "{help}");
    assert_eq!(documented, exemplified, "--help and .env.example differ");
    assert!(!help.contains("sk-very-secret") && !help.contains("hunter2"), "{help}");
}

#[test]
fn the_committed_openapi_document_is_the_one_served() {
    let output = run(&[], &["openapi"]);
    assert!(output.status.success());
    let committed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json")).unwrap();
    let served = String::from_utf8(output.stdout).unwrap();
    assert!(served == committed, "api/openapi.json is stale: run `make openapi`");
}

/// A running server; killed with the test.
struct Server {
    process: Child,
    address: String,
    printed: String,
}

impl Server {
    /// Starts on a free port without any model: the provider's address is never asked before a request.
    fn start(directory: &Path) -> Self {
        Self::with(directory, &[])
    }

    fn with(directory: &Path, environment: &[(&str, &str)]) -> Self {
        let mut process = switchboard(directory)
            .args(["--bind", "127.0.0.1:0", "--log-format", "json"])
            .env("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap());
        let address = loop {
            let mut line = String::new();
            assert!(log.read_line(&mut line).unwrap() > 0, "the server ended before it listened");
            let entry: serde_json::Value = serde_json::from_str(&line).unwrap();
            if entry["message"] == "listening" {
                break entry["address"].as_str().unwrap().to_owned();
            }
        };
        // The log must be read on, or the server blocks on a full pipe.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Self { process, address, printed: String::new() }
    }

    fn get(&self, path: &str, key: &str) -> String {
        self.ask("GET", path, key)
    }

    fn ask(&self, method: &str, path: &str, key: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: test\r\nX-API-Key: {key}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Without a chance to say good-bye.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// SIGTERM, and the wait for an orderly end.
    fn stop(mut self) -> String {
        let kill = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().unwrap();
        assert!(kill.success());
        let status = self.process.wait().unwrap();
        assert!(status.success(), "{status}");
        self.process.stdout.take().unwrap().read_to_string(&mut self.printed).unwrap();
        std::mem::take(&mut self.printed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A customer who is erased by a server that dies between commit and push.
struct Erased<'a> {
    db: &'a Fresh,
    tenant: TenantId,
    customer: CustomerId,
    key: SecretString,
}

impl<'a> Erased<'a> {
    async fn new(db: &'a Fresh) -> Self {
        let tenant = tenants::create(db, "Ada").await.unwrap().id;
        let caller = Some(Caller::ExternalId("customer-of-old".into()));
        let wanted = Wanted { caller, ..Wanted::on(Channel::Http) };
        let talk = conversations::begin(db, tenant, wanted).await.unwrap().conversation;
        let (_, key) = api_keys::create(db, tenant, &By::SYSTEM, NewKey::unlimited("test")).await.unwrap();
        Self { db, tenant, customer: talk.customer_id.unwrap(), key }
    }

    /// A server on the test's database.
    fn server(&self, redis: Option<&SecretString>) -> Server {
        let mut environment = vec![("DATABASE_URL", self.db.url()), ("VAULT_KEYS", testing::VAULT_KEY)];
        environment.extend(redis.map(|url| ("REDIS_URL", url.expose_secret())));
        Server::with(self.db.directory(), &environment)
    }

    fn erase(&self, server: &Server) {
        let answer = server.ask("DELETE", &format!("/customers/{}", self.customer), self.key.expose_secret());
        assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    }

    async fn job(&self) -> job::Model {
        let filter = Filter { kind: Some(Kind::EraseCustomer), state: None };
        let jobs = jobs::list(self.db, Whose::Tenant(self.tenant), filter, Paging::first(9)).await.unwrap().items;
        <[job::Model; 1]>::try_from(jobs).unwrap()[0].clone()
    }

    /// The job is there, and nobody has begun it.
    async fn is_ordered(&self) {
        let job = self.job().await;
        assert_eq!((job.state, job.attempts), (State::Ready, 0));
    }

    /// Another server does it.
    async fn is_done(&self, redis: Option<&SecretString>) {
        let server = self.server(redis);
        let wait = async {
            while self.job().await.state != State::Done {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), wait).await.unwrap();
        assert_eq!(self.job().await.attempts, 1);
        let rows = self.db.rows_of(self.tenant).await;
        assert!(rows["customers"].is_empty() && rows["conversations"].is_empty(), "{rows:?}");
        server.stop();
    }
}

#[test]
fn what_a_server_in_itself_was_to_do_when_it_was_killed_is_done_by_the_next() {
    testing::run(Backend::Sqlite, |db| async move {
        let (erased, holds) = (Erased::new(&db).await, Holds::new(&db).await);
        let server = erased.server(None);
        // The id goes to the server's own list, and with it.
        holds.only(Some(Kind::ForgetJobs)).await;
        erased.erase(&server);
        erased.is_ordered().await;
        server.kill();
        holds.only(None).await;
        erased.is_done(None).await;
    });
}

#[test]
fn what_a_server_was_to_push_to_redis_when_it_was_killed_is_done_by_the_next() {
    testing::run(Backend::Postgres, |db| async move {
        let mut redis = Redis::start().await;
        let (url, erased) = (redis.url(), Erased::new(&db).await);
        let server = erased.server(Some(&url));
        redis.stop();
        erased.erase(&server);
        erased.is_ordered().await;
        server.kill();
        redis.start_again().await;
        erased.is_done(Some(&url)).await;
    });
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_first_start_makes_everything_and_the_second_changes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let printed = Server::start(directory.path()).stop();
    assert_eq!(mode(&data), 0o700);
    assert_eq!(mode(&data.join("vault.key")), 0o600);
    assert_eq!(mode(&data.join("demo.json")), 0o600);
    assert!(data.join("switchboard.db").is_file());
    let demo = std::fs::read_to_string(data.join("demo.json")).unwrap();
    let demo: serde_json::Value = serde_json::from_str(&demo).unwrap();
    let key = demo["api_key"].as_str().unwrap();
    assert_eq!(printed.matches(key).count(), 2, "the key, and the command with it: {printed}");
    assert!(printed.contains(demo["number"].as_str().unwrap()), "{printed}");
    assert!(["1. ", "2. ", "3. "].iter().all(|step| printed.contains(step)), "{printed}");
    assert!(demo["account_sid"].as_str().unwrap().starts_with("AC"));
    assert!(!printed.contains(demo["auth_token"].as_str().unwrap()), "{printed}");

    let before = std::fs::read(data.join("vault.key")).unwrap();
    let server = Server::start(directory.path());
    assert!(server.get("/personas", key).starts_with("HTTP/1.1 200"), "the first key still opens");
    assert!(server.get("/health/ready", key).starts_with("HTTP/1.1 503"), "nobody answers at the provider's address");
    assert_eq!(server.stop(), "");
    assert_eq!(std::fs::read(data.join("vault.key")).unwrap(), before);
    let again: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(data.join("demo.json")).unwrap()).unwrap();
    assert_eq!(again, demo);

    // A new database beside a file that others could read.
    std::fs::remove_file(data.join("switchboard.db")).unwrap();
    std::fs::set_permissions(data.join("demo.json"), PermissionsExt::from_mode(0o644)).unwrap();
    let printed = Server::start(directory.path()).stop();
    let demo = std::fs::read_to_string(data.join("demo.json")).unwrap();
    let demo: serde_json::Value = serde_json::from_str(&demo).unwrap();
    assert!(printed.contains(demo["api_key"].as_str().unwrap()), "{printed}");
    assert_eq!(mode(&data.join("demo.json")), 0o600);
}

#[test]
fn dotenv_is_read_and_blanks_in_it_do_no_harm() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join(".env"), "OPENAI_API_KEY=\nSTT_BASE_URL=\nMAX_CALLS=none\n").unwrap();
    let output = switchboard(directory.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("switchboard: MAX_CALLS"));
}

#[test]
fn missing_models_say_how_to_get_them() {
    let output = run(&[], &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("scripts/fetch-models") && said.contains("OPENAI_API_KEY"), "{said}");
}
