"""The pages of the portal. Every page reads as the public does, whoever asks."""
