"""The door for programs: the assistant as a server that any OpenAI client can talk to."""
