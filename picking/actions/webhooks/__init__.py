"""Webhooks, and the messages that go to them."""
