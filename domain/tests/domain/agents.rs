use domain::access::By;
use std::time::Duration;

use domain::{
    Error, agents,
    agents::NewAgent,
    conversations::{self, Cast, Line, Wanted},
    entity::{agent, conversation::Channel},
    personas, tenants,
    testing::{Fresh, on_both},
};
use voice::{conversation::Playback, line::AudioFormat};

const LINE: Line =
    Line { input: AudioFormat::Mulaw8k, output: AudioFormat::Pcm16 { rate: 24_000 }, playback: Playback::Marks };

on_both! {
    async fn an_agents_wishes_come_before_the_personas(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let new = NewAgent {
            name: "Concierge".to_owned(),
            persona: Some("calm_concierge".to_owned()),
            instructions: Some("Sell bread only.".to_owned()),
            greeting: Some("Bakery!".to_owned()),
            voice: Some("onyx".to_owned()),
            speed: Some(1.25),
            transfer_to: Some("+14155550123".to_owned()),
            turns: Some(agent::Turns { interruptible: Some(false), ..agent::Turns::default() }),
            limits: Some(agent::Limits { max_duration_s: Some(60), ..agent::Limits::default() }),
            ..NewAgent::default()
        };
        let agent = agents::create(&db, tenant, &By::SYSTEM, new).await.unwrap();
        let wanted = Wanted { agent: Some(agent.id), ..Wanted::on(Channel::Phone) };
        let cast = conversations::begin(&db, tenant, wanted).await.unwrap().cast;
        let config = cast.config(&LINE);

        assert_eq!(cast.persona.name, "calm_concierge");
        assert!(config.persona.instructions.starts_with(cast.persona.prompt.as_ref()));
        assert!(config.persona.instructions.ends_with("Sell bread only."));
        assert_eq!(config.greeting.as_deref(), Some("Bakery!"));
        assert_eq!((config.persona.voice.as_str(), config.persona.speed), ("onyx", 1.25));
        assert_eq!(config.transfer_to.as_deref(), Some("+14155550123"));
        assert!(!config.may_end_call);
        assert!(!config.turns.interruptible);
        assert_eq!(config.limits.max_duration, Duration::from_secs(60));
        assert_eq!((config.input, config.output, config.playback), (LINE.input, LINE.output, LINE.playback));
    }

    async fn the_first_agent_is_the_oldest(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        assert_eq!(agents::first(&db, tenant).await.unwrap(), None);
        let new = |name: &str| NewAgent { name: name.to_owned(), ..NewAgent::default() };
        let oldest = agents::create(&db, tenant, &By::SYSTEM, new("b")).await.unwrap();
        agents::create(&db, tenant, &By::SYSTEM, new("a")).await.unwrap();
        assert_eq!(agents::first(&db, tenant).await.unwrap(), Some(oldest));
    }

    async fn an_agent_that_cannot_work_is_refused(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let good = || NewAgent { name: "Ada".to_owned(), ..NewAgent::default() };
        let limits = agent::Limits { max_duration_s: Some(14_401), ..agent::Limits::default() };
        let bad = [
            (NewAgent { name: " ".to_owned(), ..good() }, "name"),
            (NewAgent { persona: Some("pirate".to_owned()), ..good() }, "persona"),
            (NewAgent { speed: Some(4.5), ..good() }, "speed"),
            (NewAgent { limits: Some(limits), ..good() }, "limits"),
        ];
        for (new, wrong) in bad {
            let error = agents::create(&db, tenant, &By::SYSTEM, new).await.unwrap_err();
            assert!(matches!(error, Error::Invalid { field, .. } if field == wrong), "{wrong}: {error}");
        }
    }
}

#[test]
fn without_an_agent_the_persona_speaks_for_itself() {
    for persona in personas::built_in() {
        let config = Cast::alone(persona.clone()).config(&LINE);
        assert_eq!(config.greeting.as_deref(), Some(persona.greeting.as_ref()));
        assert_eq!((config.persona.voice.as_str(), config.persona.speed), (persona.voice.as_ref(), persona.speed));
    }
    assert_eq!(personas::default().name, personas::DEFAULT);
}
