"""What Lighthouse says of the phone app, as on a phone of the middle: `make lighthouse`."""
