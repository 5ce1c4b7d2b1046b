/** The digit classifier: 784 pixels, two hidden layers with dropout, ten outputs. */
import { F, nn, type Tensor } from "torchlet";

const imgHeight = 28;
const imgWidth = 28;
const hiddenUnits1 = 128;
const hiddenUnits2 = 64;
const outputUnits = 10; // one for each digit

/** The text's network, line by line. It gives probabilities. */
export class Network extends nn.Module {
  fc1 = new nn.Linear(imgHeight * imgWidth, hiddenUnits1);
  fc2 = new nn.Linear(hiddenUnits1, hiddenUnits2);
  output = new nn.Linear(hiddenUnits2, outputUnits);
  dropout = new nn.Dropout(0.2);

  override forward(x: Tensor): Tensor {
    x = x.view(x.size(0), -1); // one row of pixels for each image
    x = this.dropout.forward(F.relu(this.fc1.forward(x)));
    x = this.dropout.forward(F.relu(this.fc2.forward(x)));
    x = F.softmax(this.output.forward(x), 1); // no dropout here
    return x;
  }
}

/** The same network with logarithms of probabilities, which NLLLoss expects: one word differs. */
export class LogNetwork extends Network {
  override forward(x: Tensor): Tensor {
    x = x.view(x.size(0), -1);
    x = this.dropout.forward(F.relu(this.fc1.forward(x)));
    x = this.dropout.forward(F.relu(this.fc2.forward(x)));
    x = F.logSoftmax(this.output.forward(x), 1);
    return x;
  }
}
