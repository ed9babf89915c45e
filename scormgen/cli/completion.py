"""completion."""

from __future__ import annotations

import click

from scormgen.cli.session import echo


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script that lets SHELL complete commands, options, courses and codes.

    \b
    scormgen completion bash >> ~/.bashrc
    scormgen completion zsh >> ~/.zshrc
    scormgen completion fish > ~/.config/fish/completions/scormgen.fish
    """
    from click.shell_completion import get_completion_class

    completer = get_completion_class(shell)
    assert completer, shell  # click has all three
    root = click.get_current_context().find_root().command
    echo(completer(root, {}, "scormgen", "_SCORMGEN_COMPLETE").source())
