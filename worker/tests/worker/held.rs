//! Jobs that last as long as a test wants: checks of numbers at a Twilio that answers when it is told to.

use std::sync::{Arc, Mutex};

use domain::{
    Database,
    access::By,
    agents::{self, NewAgent},
    entity::{now, phone_number},
    id::JobId,
    jobs::{self, Payload},
    phone_numbers::NewNumber,
    tenants, testing,
    twilio::Twilio,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
};
use tokio_util::task::AbortOnDropHandle;

use crate::PATIENCE;

/// A Twilio that takes requests and refuses each when it is let to; a refused check is a job done.
pub struct HeldTwilio {
    pub url: String,
    /// The accounts that were asked for, in order.
    asked: Arc<Mutex<Vec<String>>>,
    answers: Arc<Semaphore>,
    _task: AbortOnDropHandle<()>,
}

impl HeldTwilio {
    #[expect(clippy::disallowed_methods, reason = "owned by the handle, which aborts it")]
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (asked, answers) = (Arc::default(), Arc::new(Semaphore::new(0)));
        let serving = serve(listener, Arc::clone(&asked), Arc::clone(&answers));
        Self { url, asked, answers, _task: AbortOnDropHandle::new(tokio::spawn(serving)) }
    }

    pub fn twilio(&self) -> Twilio {
        Twilio::new(self.url.parse().unwrap())
    }

    /// Lets it answer so many requests, of now or later.
    pub fn answer(&self, requests: usize) {
        self.answers.add_permits(requests);
    }

    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// The accounts asked for, once they are so many.
    pub async fn asked_for(&self, number: usize) -> Vec<String> {
        let wait = async {
            while self.asked().len() < number {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
            self.asked()
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap()
    }
}

async fn serve(listener: TcpListener, asked: Arc<Mutex<Vec<String>>>, answers: Arc<Semaphore>) {
    let mut connections = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        connections.spawn(answer(stream, Arc::clone(&asked), Arc::clone(&answers)));
    }
}

async fn answer(mut stream: TcpStream, asked: Arc<Mutex<Vec<String>>>, answers: Arc<Semaphore>) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await.unwrap_or(0) == 0 {
            return;
        }
        request.push(byte[0]);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let account = request.split("/Accounts/").nth(1).unwrap().split(['.', '/']).next().unwrap();
    asked.lock().unwrap().push(account.to_owned());
    answers.acquire().await.unwrap().forget();
    let refused = b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    let _ = stream.write_all(refused).await;
}

/// A tenant's number at an account that is told from others' by this digit.
pub struct Line(pub phone_number::Model);

impl Line {
    pub async fn new(db: &Database, digit: u8) -> Self {
        let tenant = tenants::create(db, "Ada").await.unwrap().id;
        let agent = NewAgent { name: "Ada".into(), ..NewAgent::default() };
        let agent = agents::create(db, tenant, &By::SYSTEM, agent).await.unwrap();
        let new = NewNumber {
            number: format!("+1415555010{digit}"),
            account_sid: Self::account(digit),
            auth_token: format!("{digit}").repeat(32).into(),
            agent_id: Some(agent.id),
            label: None,
            recorded_by: Default::default(),
        };
        Self(testing::number(db, &testing::vault(), tenant, new).await.unwrap())
    }

    pub fn account(digit: u8) -> String {
        format!("AC{}", digit.to_string().repeat(32))
    }

    /// Orders a check and tells the workers.
    pub async fn check(&self, db: &Database) -> JobId {
        let payload = Payload::CheckPhoneNumber { tenant: self.0.tenant_id, phone_number: self.0.id };
        let ticket = jobs::add(db.connection(), &payload, now()).await.unwrap();
        db.queue().push(ticket);
        ticket.id
    }
}
