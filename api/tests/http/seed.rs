//! The Python example of the seed document, byte for byte what `requests` sends, with an API key added.

use domain::testing::{Fresh, on_both};
use poem::{Body, http::StatusCode};
use serde_json::json;

use crate::house::{House, json as body, wav};

on_both! {
    async fn the_seeds_python_example_works(db: Fresh) {
        let house = House::new(db).await;
        let client = house.client();

        // requests.post(url, params={…}): no body, a length of 0, no content type.
        let start = client
            .post("/conversation/start?customer_id=customer123&persona=friendly_guide")
            .header("X-API-Key", house.key())
            .header("User-Agent", "python-requests/2.32.3")
            .header("Accept-Encoding", "gzip, deflate")
            .header("Accept", "*/*")
            .header("Content-Length", "0");
        let session = body(start.send().await).await;
        let session_id = session["session_id"].as_str().unwrap();

        // requests.post(url, files={"audio_file": …}, data={…}): the fields, then the file without a content type.
        let boundary = "3f1c1e9d2b7a4c5d8e6f7a8b9c0d1e2f";
        let mut form = Vec::new();
        for (name, value) in [("session_id", session_id), ("persona", "friendly_guide")] {
            let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            form.extend_from_slice(head.as_bytes());
        }
        let head = "Content-Disposition: form-data; name=\"audio_file\"; filename=\"audio.wav\"\r\n\r\n";
        form.extend_from_slice(format!("--{boundary}\r\n{head}").as_bytes());
        form.extend_from_slice(&wav());
        form.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        let process = client
            .post("/voice-agent/process")
            .header("X-API-Key", house.key())
            .header("Content-Length", form.len().to_string())
            .header("Content-Type", format!("multipart/form-data; boundary={boundary}"))
            .body(Body::from_bytes(form.into()));
        let answer = process.send().await;
        answer.assert_status(StatusCode::OK);
        let result = body(answer).await;

        // print(result['user_input'], result['agent_response'], result['persona'], result['voice'])
        assert_eq!(result["user_input"], "I would like to order a pizza.");
        assert_eq!(result["agent_response"], "You said: I would like to order a pizza.");
        assert_eq!((&result["persona"], &result["voice"]), (&json!("friendly_guide"), &json!("alloy")));
    }
}
