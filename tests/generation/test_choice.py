"""Picks among equals: the same everywhere, and moved only by what may move them."""

import subprocess
import sys

from generation import choice

SEED = "5e" * 32
OPTIONS = ["almanaque", "oficina", "varanda", "galeria", "prisma"]


def test_order_is_the_same_in_a_process_with_another_hash_seed() -> None:
    code = f"from generation import choice; print(choice.order({SEED!r}, 0, 'home', {OPTIONS!r}))"
    for hash_seed in ("1", "2"):
        printed = subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": hash_seed}, capture_output=True, text=True, check=True
        )
        assert printed.stdout.strip() == str(choice.order(SEED, 0, "home", OPTIONS))


def test_order_does_not_depend_on_how_the_options_stand() -> None:
    assert choice.order(SEED, 0, "home", OPTIONS) == choice.order(SEED, 0, "home", reversed(OPTIONS))


def test_a_new_option_moves_nothing_between_the_others() -> None:
    longer = choice.order(SEED, 0, "home", [*OPTIONS, "sexto"])
    assert [option for option in longer if option != "sexto"] == choice.order(SEED, 0, "home", OPTIONS)


def test_seed_variation_and_slot_each_move_the_choice() -> None:
    seeds = {choice.pick(f"{n:064x}", 0, "home", OPTIONS) for n in range(40)}
    variations = {choice.pick(SEED, n, "home", OPTIONS) for n in range(40)}
    slots = {choice.pick(SEED, 0, f"slot {n}", OPTIONS) for n in range(40)}
    assert seeds == variations == slots == set(OPTIONS)
