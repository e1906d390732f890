"""What is worth another try."""

from generation.policies import RetryPolicy


def test_what_was_interrupted_goes_on_whatever_the_policy_says() -> None:
    policy = RetryPolicy(errors=("service_busy",))

    assert policy.retries("interrupted", "transient")
    assert policy.retries("service_busy", "transient")
    assert not policy.retries("timed_out", "transient")
