"""CA-SER: speech emotion from self-supervised and spectral features that attend to each other.

After Deeb, Savchenko and Makarov, "CA-SER: Cross-Attention Feature Fusion for Speech Emotion
Recognition" (ECAI 2024): a self-attention encoder over MFCC, joined with wav2vec 2.0 by multi-head
cross-attention. Here the two attend to each other, both ways, and the frames of wav2vec 2.0 stay as they
are; the authors' sizes and training are not those of this code, which fits a small machine.
"""
