"""The demonstration: synthetic, but true to scale and shape. No organisation, person or standard here is real."""
